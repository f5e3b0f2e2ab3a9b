"""io: text in memory (C in CPython: Modules/_io/stringio.c), and what `_io` has."""

import _lockweave
from _io import (BufferedReader, BufferedWriter, BytesIO, DEFAULT_BUFFER_SIZE, FileIO, IncrementalNewlineDecoder, TextIOWrapper, UnsupportedOperation, open)

if _lockweave.version >= (3, 8):
    from _io import open_code

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2


class StringIO:
    def __init__(self, initial_value='', newline='\n'):
        self._text = '' if initial_value is None else initial_value
        self._position = 0
        self.closed = False

    def _check(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def write(self, s, /):
        self._check()
        if not isinstance(s, str):
            raise TypeError(f"string argument expected, got '{type(s).__name__}'")
        text = self._text
        if len(text) < self._position:
            text += '\0' * (self._position - len(text))
        self._text = text[:self._position] + s + text[self._position + len(s):]
        self._position += len(s)
        return len(s)

    def writelines(self, lines, /):
        for line in lines:
            self.write(line)

    def read(self, size=-1, /):
        self._check()
        end = len(self._text) if size is None or size < 0 else self._position + size
        result = self._text[self._position:end]
        self._position += len(result)
        return result

    def readline(self, size=-1, /):
        self._check()
        newline = self._text.find('\n', self._position)
        end = len(self._text) if newline < 0 else newline + 1
        if size is not None and size >= 0:
            end = min(end, self._position + size)
        result = self._text[self._position:end]
        self._position += len(result)
        return result

    def readlines(self, hint=-1, /):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def getvalue(self):
        self._check()
        return self._text

    def tell(self):
        self._check()
        return self._position

    def seek(self, position, whence=0, /):
        self._check()
        if whence == 2:
            position = len(self._text)
        elif whence == 1:
            position = self._position
        elif position < 0:
            raise ValueError(f'Negative seek position {position}')
        self._position = position
        return position

    def truncate(self, size=None, /):
        self._check()
        size = self._position if size is None else size
        self._text = self._text[:size]
        return size

    def flush(self):
        self._check()

    def close(self):
        self.closed = True

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def isatty(self):
        return False

    def __enter__(self):
        self._check()
        return self

    def __exit__(self, *exc_info):
        self.close()
