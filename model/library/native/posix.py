"""posix: the calls of the operating system that are about files, over the modelled file system. One process, no links, no permissions."""

import _files
import _lockweave
from _files import O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, stat_result

O_CLOEXEC = 0o2000000
error = OSError
environ = {b'PATH': b'/usr/bin:/bin', b'HOME': b'/home/user'}


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    try:
        method = type(path).__fspath__
    except AttributeError:
        raise TypeError('expected str, bytes or os.PathLike object, not ' + type(path).__name__) from None
    return method(path)


def getcwd():
    return _files.current_path


def _only_whole(dir_fd):
    if dir_fd is not None:
        _lockweave.unsupported('dir_fd')


def stat(path, *, dir_fd=None, follow_symlinks=True):
    _only_whole(dir_fd)
    return _files.stat(path)


def lstat(path, *, dir_fd=None):
    _only_whole(dir_fd)
    return _files.stat(path)


def fstat(fd):
    return _files.stat(fd)


def listdir(path='.'):
    return _files.listdir('.' if path is None else path)


def open(path, flags, mode=0o777, *, dir_fd=None):
    _only_whole(dir_fd)
    return _files.open(path, flags)


def read(fd, length, /):
    return _files.read(fd, length)


def write(fd, data, /):
    return _files.write(fd, data)


def close(fd):
    _files.close(fd)


def mkdir(path, mode=0o777, *, dir_fd=None):
    _only_whole(dir_fd)
    _files.mkdir(path)


def rmdir(path, *, dir_fd=None):
    _only_whole(dir_fd)
    _files.rmdir(path)


def unlink(path, *, dir_fd=None):
    _only_whole(dir_fd)
    _files.unlink(path)


def remove(path, *, dir_fd=None):
    _only_whole(dir_fd)
    _files.unlink(path)


def replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    _only_whole(src_dir_fd)
    _only_whole(dst_dir_fd)
    _files.replace(src, dst)


def rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None):
    _only_whole(src_dir_fd)
    _only_whole(dst_dir_fd)
    _files.replace(src, dst)


def utime(path, times=None, *, ns=None, dir_fd=None, follow_symlinks=True):
    _only_whole(dir_fd)
    if times is not None:
        _files.set_time(path, times[1])
    elif ns is not None:
        _files.set_time(path, ns[1] / 1000000000)
    else:
        _lockweave.unsupported('utime() with the current time')


def getpid():
    return 1


def getppid():
    return 0
