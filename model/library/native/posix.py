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


# --- processes. An execution is one process: where a program forks it goes on as the parent or as the child (docs/fork.md).

WNOHANG = 1
_process = [1, 0]  # getpid(), getppid()
_forked = []       # the children of this process
_unwaited = []     # those of them that nobody has waited for


def getpid():
    return _process[0]


def getppid():
    return _process[1]


def fork():
    import _fork
    _lockweave.before_fork()
    _fork.PyOS_BeforeFork()
    if _lockweave.fork_process():
        _process[:] = [_next_pid(), _process[0]]
        _forked.clear()
        _unwaited.clear()
        _fork.PyOS_AfterFork_Child()
        return 0
    pid = _next_pid()
    _forked.append(pid)
    _unwaited.append(pid)
    _fork.PyOS_AfterFork_Parent()
    return pid


def _next_pid():
    return _process[0] * 100 + len(_forked)


def register_at_fork(*, before=None, after_in_child=None, after_in_parent=None):
    import _fork
    if before is None and after_in_child is None and after_in_parent is None:
        raise TypeError('At least one argument is required.')
    for name, function in (('before', before), ('after_in_child', after_in_child), ('after_in_parent', after_in_parent)):
        if function is not None and not callable(function):
            raise TypeError(f"'{name}' must be callable, not {type(function).__name__}")
    for functions, function in ((_fork.before_forkers, before), (_fork.after_forkers_child, after_in_child), (_fork.after_forkers_parent, after_in_parent)):
        if function is not None:
            functions.append(function)


def _exit(status):
    if not isinstance(status, int):
        raise TypeError(f"'{type(status).__name__}' object cannot be interpreted as an integer")
    _lockweave.exit_process(status & 0xff)


def waitpid(pid, options, /):
    """The child may have ended with any status that the scenario's files give as a number, and with 0."""
    if pid == 0 or pid < -1:
        _lockweave.unsupported('waitpid() for a process group')
    _refuse_unknown(pid)
    if options & WNOHANG and _lockweave.choose(2) == 0:
        return (0, 0)
    _lockweave.io()
    _refuse_unknown(pid)  # another thread may have waited for it meanwhile
    ended = _unwaited[_lockweave.choose(len(_unwaited))] if pid == -1 else pid
    statuses = _lockweave.exit_statuses
    status = statuses[_lockweave.choose(len(statuses))]
    _unwaited.remove(ended)
    return (ended, status << 8)


def _refuse_unknown(pid):
    if not _unwaited or (pid != -1 and pid not in _unwaited):
        raise ChildProcessError(10, 'No child processes')


def wait():
    return waitpid(-1, 0)


def WIFEXITED(status):
    return (status & 0x7f) == 0


def WEXITSTATUS(status):
    return (status >> 8) & 0xff


def WIFSIGNALED(status):
    return (status & 0x7f) != 0


def waitstatus_to_exitcode(status):
    return WEXITSTATUS(status)
