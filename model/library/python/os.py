"""os: the environment as the mapping it is (Lib/os.py, _Environ), the modelled file system, and little else. A process can fork."""

import _lockweave
from posix import (O_APPEND, O_CLOEXEC, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_TRUNC, O_WRONLY, WEXITSTATUS, WIFEXITED, WIFSIGNALED, WNOHANG, _exit, close, fork, fspath, fstat, getcwd, getpid, getppid, listdir, lstat, mkdir,
                   open, read, remove, rename, replace, rmdir, stat, stat_result, unlink, utime, wait, waitpid, write)
import posixpath as path
from _collections_abc import MutableMapping
import sys as _sys

name = 'posix'
sep = path.sep
altsep = None
extsep = '.'
pathsep = path.pathsep
curdir = '.'
pardir = '..'
linesep = '\n'
devnull = '/dev/null'
defpath = '/bin:/usr/bin'
_sys.modules['os.path'] = path
error = OSError


def putenv(name, value):
    """The C library's environment: nobody reads it here."""


def unsetenv(name):
    pass


class _Environ(MutableMapping):
    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey = encodekey
        self.decodekey = decodekey
        self.encodevalue = encodevalue
        self.decodevalue = decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None  # the key as it was given
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encodedkey = self.encodekey(key)
        unsetenv(encodedkey)
        try:
            del self._data[encodedkey]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        keys = list(self._data)  # one operation
        for key in keys:
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ', '.join([f'{self.decodekey(key)!r}: {self.decodevalue(value)!r}' for key, value in self._data.items()])
        return 'environ({' + items + '})'

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        new = dict(self)
        new.update(other)
        return new

    def __ror__(self, other):
        new = dict(other)
        new.update(self)
        return new


def _createenviron():
    encoding = 'utf-8'

    def encode(value):
        if not isinstance(value, str):
            raise TypeError("str expected, not %s" % type(value).__name__)
        return value.encode(encoding, 'surrogateescape')

    def decode(value):
        return value.decode(encoding, 'surrogateescape')

    return _Environ({b'PATH': b'/usr/bin:/bin', b'HOME': b'/home/user'}, encode, decode, encode, decode)


environ = _createenviron()


def getenv(key, default=None):
    return environ.get(key, default)


def fsencode(filename):
    filename = fspath(filename)
    return filename.encode() if isinstance(filename, str) else filename


def fsdecode(filename):
    filename = fspath(filename)
    return filename.decode() if isinstance(filename, bytes) else filename


def makedirs(name, mode=0o777, exist_ok=False):
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass  # another thread has made it
        if tail == curdir:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def cpu_count():
    return 2


def sched_yield():
    _lockweave.io()


if _lockweave.version >= (3, 7):
    from posix import register_at_fork
if _lockweave.version >= (3, 9):
    from posix import waitstatus_to_exitcode
