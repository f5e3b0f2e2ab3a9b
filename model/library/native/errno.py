"""errno, as on Linux: the few that small programs name."""

EPERM = 1
ENOENT = 2
EINTR = 4
EIO = 5
EBADF = 9
EAGAIN = EWOULDBLOCK = 11
ENOMEM = 12
EACCES = 13
EEXIST = 17
ENOTDIR = 20
EISDIR = 21
EINVAL = 22
EPIPE = 32
EDEADLK = 35
ETIMEDOUT = 110

errorcode = {1: 'EPERM', 2: 'ENOENT', 4: 'EINTR', 5: 'EIO', 9: 'EBADF', 11: 'EAGAIN', 12: 'ENOMEM', 13: 'EACCES', 17: 'EEXIST',
             20: 'ENOTDIR', 21: 'EISDIR', 22: 'EINVAL', 32: 'EPIPE', 35: 'EDEADLK', 110: 'ETIMEDOUT'}
