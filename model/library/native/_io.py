"""_io: files over the modelled file system, and bytes in memory (C in CPython: Modules/_io/). What is read or written at once is one call of the operating system."""

import _files
import _lockweave

DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    pass


UnsupportedOperation.__module__ = 'io'


class _File:
    """What all files have in common: context manager, lines."""

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __iter__(self):
        self._check_open()
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readlines(self, hint=-1, /):
        return list(self)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def _check_open(self, message='I/O operation on closed file'):
        if self.closed:
            raise ValueError(message)

    def isatty(self):
        return False

    def seekable(self):
        return True


def _flags_of(mode):
    """From the letters of a mode, without `b` and `t`."""
    if sorted(mode) not in (['r'], ['w'], ['x'], ['a'], ['+', 'r'], ['+', 'w'], ['+', 'x'], ['+', 'a']):
        raise ValueError('Must have exactly one of create/read/write/append mode and at most one plus')
    access = _files.O_RDWR if '+' in mode else _files.O_RDONLY if 'r' in mode else _files.O_WRONLY
    if 'w' in mode:
        access |= _files.O_CREAT | _files.O_TRUNC
    elif 'x' in mode:
        access |= _files.O_CREAT | _files.O_EXCL
    elif 'a' in mode:
        access |= _files.O_CREAT | _files.O_APPEND
    return access


class FileIO(_File):
    def __init__(self, file, mode='r', closefd=True, opener=None):
        flags = _flags_of(mode.replace('b', ''))
        self.name = file
        if opener is not None or not closefd:
            _lockweave.unsupported('FileIO with an opener or closefd=False')
        if type(file) is _files.Descriptor:
            self._descriptor = file
        elif isinstance(file, int):
            _lockweave.unsupported('a number as a file descriptor')
        else:
            self._descriptor = _files.open(file, flags)
            if type(self._descriptor.node) is _files.Folder:
                raise IsADirectoryError(21, 'Is a directory', file)
        self._flags = flags
        letters = mode.replace('b', '')
        self.mode = 'rb+' if letters == 'w+' else letters[0] + 'b' + letters[1:]

    @property
    def closed(self):
        return self._descriptor.node is None

    def close(self):
        if self._descriptor.node is not None:
            _files.close(self._descriptor)

    def fileno(self):
        self._check_open()
        return self._descriptor

    def readable(self):
        self._check_open()
        return not self._flags & _files.O_WRONLY

    def writable(self):
        self._check_open()
        return self._flags & (_files.O_WRONLY | _files.O_RDWR) != 0

    def read(self, size=-1, /):
        if not self.readable():
            raise UnsupportedOperation('File not open for reading')
        return _files.read(self._descriptor, None if size is None or size < 0 else size)

    def readall(self):
        return self.read()

    def readline(self, size=-1, /):
        _lockweave.unsupported('readline of an unbuffered file')

    def write(self, data, /):
        if not self.writable():
            raise UnsupportedOperation('File not open for writing')
        return _files.write(self._descriptor, data)

    def seek(self, position, whence=0, /):
        self._check_open()
        return _files.seek(self._descriptor, position, whence)

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None, /):
        self._check_open()
        return _files.truncate(self._descriptor, self._descriptor.position if size is None else size)

    def flush(self):
        self._check_open()


class BufferedReader(_File):
    """Reads ahead by whole buffers; read() without a size takes all the rest at once."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        self.raw = raw
        self._ahead = b''

    @property
    def name(self):
        return self.raw.name

    @property
    def mode(self):
        return self.raw.mode

    @property
    def closed(self):
        return self.raw.closed

    def close(self):
        self.raw.close()

    def fileno(self):
        return self.raw.fileno()

    def readable(self):
        return self.raw.readable()

    def writable(self):
        return False

    def flush(self):
        self._check_open('flush of closed file')

    def read(self, size=-1, /):
        self._check_open('read of closed file')
        if size is None or size < 0:
            data = self._ahead + self.raw.read()
            self._ahead = b''
            return data
        while len(self._ahead) < size:
            more = self.raw.read(DEFAULT_BUFFER_SIZE)
            if not more:
                break
            self._ahead += more
        data = self._ahead[:size]
        self._ahead = self._ahead[size:]
        return data

    def readline(self, size=-1, /):
        self._check_open('readline of closed file')
        while b'\n' not in self._ahead:
            more = self.raw.read(DEFAULT_BUFFER_SIZE)
            if not more:
                break
            self._ahead += more
        end = self._ahead.find(b'\n') + 1 or len(self._ahead)
        if size is not None and size >= 0:
            end = min(end, size)
        data = self._ahead[:end]
        self._ahead = self._ahead[end:]
        return data

    def seek(self, position, whence=0, /):
        self._check_open('seek of closed file')
        if whence == 1:
            position -= len(self._ahead)
        self._ahead = b''
        return self.raw.seek(position, whence)

    def tell(self):
        return self.raw.tell() - len(self._ahead)

    def write(self, data, /):
        raise UnsupportedOperation('write')


class BufferedWriter(_File):
    """What is written goes out when the buffer is full, when it is flushed, and at the end."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        self.raw = raw
        self._waiting = b''

    @property
    def name(self):
        return self.raw.name

    @property
    def mode(self):
        return self.raw.mode

    @property
    def closed(self):
        return self.raw.closed

    def flush(self):
        self._check_open('flush of closed file')
        if self._waiting:
            data = self._waiting
            self._waiting = b''
            self.raw.write(data)

    def close(self):
        if not self.raw.closed:
            try:
                self.flush()
            finally:
                self.raw.close()

    def fileno(self):
        return self.raw.fileno()

    def readable(self):
        return False

    def writable(self):
        return self.raw.writable()

    def write(self, data, /):
        self._check_open('write to closed file')
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        data = bytes(data)
        if len(self._waiting) + len(data) > DEFAULT_BUFFER_SIZE:
            self.flush()
        self._waiting += data
        if len(self._waiting) >= DEFAULT_BUFFER_SIZE:
            self.flush()
        return len(data)

    def seek(self, position, whence=0, /):
        self.flush()
        return self.raw.seek(position, whence)

    def tell(self):
        return self.raw.tell() + len(self._waiting)

    def truncate(self, size=None, /):
        self.flush()
        return self.raw.truncate(size)

    def read(self, size=-1, /):
        raise UnsupportedOperation('read')

    readline = read


class TextIOWrapper(_File):
    """Text in and out: read whole, then handed out in pieces."""

    def __init__(self, buffer, encoding=None, errors=None, newline=None):
        if newline not in (None, '', '\n'):
            _lockweave.unsupported(f'newline={newline!r}')
        self.buffer = buffer
        self.encoding = 'UTF-8' if encoding is None else encoding
        self.errors = 'strict' if errors is None else errors
        self._newline = newline
        self._ahead = ''

    @property
    def name(self):
        return self.buffer.name

    @property
    def closed(self):
        return self.buffer.closed

    def fileno(self):
        return self.buffer.fileno()

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def flush(self):
        self._check_open('I/O operation on closed file.')
        self.buffer.flush()

    def close(self):
        self.buffer.close()

    def write(self, text, /):
        self._check_open('I/O operation on closed file.')
        if not self.buffer.writable():
            raise UnsupportedOperation('not writable')
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.buffer.write(text.encode(self.encoding, self.errors))
        return len(text)

    def _rest(self):
        self._check_open('I/O operation on closed file.')
        if not self.buffer.readable():
            raise UnsupportedOperation('not readable')
        text = self.buffer.read().decode(self.encoding, self.errors)
        if self._newline is None:
            text = text.replace('\r\n', '\n').replace('\r', '\n')
        return self._ahead + text

    def read(self, size=-1, /):
        text = self._rest()
        if size is None or size < 0:
            size = len(text)
        self._ahead = text[size:]
        return text[:size]

    def readline(self, size=-1, /):
        text = self._ahead if '\n' in self._ahead else self._rest()
        end = text.find('\n') + 1 or len(text)
        if size is not None and size >= 0:
            end = min(end, size)
        self._ahead = text[end:]
        return text[:end]

    def seek(self, position, whence=0, /):
        if position != 0 or whence != 0:
            _lockweave.unsupported('seek in a text file to anywhere but its beginning')
        self._ahead = ''
        return self.buffer.seek(0)

    def tell(self):
        _lockweave.unsupported('tell of a text file')


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    letters = mode.replace('b', '').replace('t', '')
    binary = 'b' in mode
    if len(set(mode)) != len(mode) or any([letter not in 'rwxabt+' for letter in mode]):
        raise ValueError(f'invalid mode: {mode!r}')
    if binary and 't' in mode:
        raise ValueError("can't have text and binary mode at once")
    if len(letters.replace('+', '')) != 1:
        raise ValueError('must have exactly one of create/read/write/append mode')
    if binary and encoding is not None:
        raise ValueError("binary mode doesn't take an encoding argument")
    if binary and newline is not None:
        raise ValueError("binary mode doesn't take a newline argument")
    if not binary and buffering == 0:
        raise ValueError("can't have unbuffered text I/O")
    if '+' in mode and buffering != 0:
        _lockweave.unsupported('a buffered file for reading and writing')
    if buffering > 0:
        _lockweave.unsupported('open() with a size of the buffer')
    raw = FileIO(file, letters, closefd, opener)
    if buffering == 0:
        return raw
    buffer = BufferedReader(raw) if letters == 'r' else BufferedWriter(raw)
    return buffer if binary else TextIOWrapper(buffer, encoding, errors, newline)


open.__module__ = 'io'


if _lockweave.version >= (3, 8):
    def open_code(path):
        return open(path, 'rb')


class BytesIO(_File):
    def __init__(self, initial_bytes=b''):
        self._data = bytes(initial_bytes)
        self._position = 0
        self.closed = False

    def close(self):
        self.closed = True

    def readable(self):
        return True

    def writable(self):
        return True

    def flush(self):
        self._check_open()

    def getvalue(self):
        self._check_open()
        return self._data

    def _take(self, end):
        data = self._data[self._position:end]
        self._position += len(data)
        return data

    def read(self, size=-1, /):
        self._check_open()
        return self._take(len(self._data) if size is None or size < 0 else self._position + size)

    def readline(self, size=-1, /):
        self._check_open()
        end = self._data.find(b'\n', self._position) + 1 or len(self._data)
        if size is not None and size >= 0:
            end = min(end, self._position + size)
        return self._take(end)

    def write(self, data, /):
        self._check_open()
        data = bytes(data)
        there = self._data
        if len(there) < self._position:
            there += b'\0' * (self._position - len(there))
        self._data = there[:self._position] + data + there[self._position + len(data):]
        self._position += len(data)
        return len(data)

    def tell(self):
        self._check_open()
        return self._position

    def seek(self, position, whence=0, /):
        self._check_open()
        if whence == 1:
            position += self._position
        elif whence == 2:
            position += len(self._data)
        elif position < 0:
            raise ValueError(f'negative seek value {position}')
        self._position = max(position, 0)
        return self._position

    def truncate(self, size=None, /):
        self._check_open()
        size = self._position if size is None else size
        self._data = self._data[:size]
        return size


class IncrementalNewlineDecoder:
    """As importlib uses it: one text at once, all newlines to `\\n`."""

    def __init__(self, decoder, translate, errors='strict'):
        if decoder is not None or not translate:
            _lockweave.unsupported('IncrementalNewlineDecoder over another decoder')

    def decode(self, text, final=False):
        return text.replace('\r\n', '\n').replace('\r', '\n')
