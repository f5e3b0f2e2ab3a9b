"""Stands in for Objects/bytearrayobject.c and memoryobject.c; in the namespace of `_builtins.py`."""

import _lockweave

_unsupported = _lockweave.unsupported


class bytearray:
    """The parts of it that small programs use. Its bytes are one value, so that one that holds a file is no long list in a state."""

    __slots__ = ('_bytes',)
    __hash__ = None

    def __init__(self, source=b'', encoding=None, errors='strict'):
        if isinstance(source, str):
            if encoding is None:
                raise TypeError("string argument without an encoding")
            source = source.encode(encoding, errors)
        self._bytes = source._bytes if isinstance(source, bytearray) else bytes(source)

    def __bytes__(self):
        return self._bytes

    def __repr__(self):
        return f'bytearray({self._bytes!r})'

    def __len__(self):
        return len(self._bytes)

    def __iter__(self):
        index = 0  # sees what is changed meanwhile
        while index < len(self._bytes):
            yield self._bytes[index]
            index += 1

    def __contains__(self, item):
        return (item if isinstance(item, int) else bytes(item)) in self._bytes

    def __getitem__(self, key):
        return bytearray(self._bytes[key]) if isinstance(key, slice) else self._bytes[key]

    def _change(self, change, *arguments):
        items = list(self._bytes)
        result = change(items, *arguments)
        self._bytes = bytes(items)
        return result

    def __setitem__(self, key, value):
        self._change(_set_item, key, list(bytes(value)) if isinstance(key, slice) else _byte(value))

    def __delitem__(self, key):
        self._change(_delete_item, key)

    def __eq__(self, other):
        if isinstance(other, (bytes, bytearray)):
            return self._bytes == bytes(other)
        return NotImplemented

    def __lt__(self, other):
        return self._bytes < bytes(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __add__(self, other):
        return bytearray(self._bytes + bytes(other))

    def __iadd__(self, other):
        other = bytes(other)
        self._bytes += other
        return self

    def __mul__(self, count):
        return bytearray(self._bytes * count)

    def append(self, item, /):
        self._bytes += bytes([_byte(item)])

    def extend(self, items, /):
        more = bytes(items) if isinstance(items, (bytes, bytearray)) else bytes([_byte(item) for item in items])
        self._bytes += more

    def insert(self, index, item, /):
        self._change(list.insert, index, _byte(item))

    def pop(self, index=-1, /):
        if not self._bytes:
            raise IndexError("pop from empty bytearray")
        return self._change(list.pop, index)

    def remove(self, value, /):
        if value not in self._bytes:
            raise ValueError("value not found in bytearray")
        self._change(list.remove, value)

    def reverse(self):
        self._bytes = self._bytes[::-1]

    def clear(self):
        self._bytes = b''

    def copy(self):
        return bytearray(self._bytes)

    def decode(self, encoding='utf-8', errors='strict'):
        return self._bytes.decode(encoding, errors)

    def hex(self):
        return self._bytes.hex()

    def find(self, *arguments):
        return self._bytes.find(*arguments)

    def startswith(self, *arguments):
        return self._bytes.startswith(*arguments)

    def endswith(self, *arguments):
        return self._bytes.endswith(*arguments)

    def split(self, *arguments):
        return [bytearray(part) for part in self._bytes.split(*arguments)]


def _set_item(items, key, value):
    items[key] = value


def _delete_item(items, key):
    del items[key]


def _byte(item):
    if not isinstance(item, int):
        raise TypeError(f"'{type(item).__name__}' object cannot be interpreted as an integer")
    if not 0 <= item < 256:
        raise ValueError("byte must be in range(0, 256)")
    return item


class memoryview:
    """A look at bytes, which do not change. Of a bytearray it would have to follow the changes, and is refused."""

    __slots__ = ('_bytes',)

    def __init__(self, object):
        if isinstance(object, memoryview):
            object = object._bytes
        elif isinstance(object, bytearray):
            _unsupported('a memoryview of a bytearray')
        elif not isinstance(object, bytes):
            raise TypeError(f"memoryview: a bytes-like object is required, not '{type(object).__name__}'")
        self._bytes = object

    def __bytes__(self):
        return self._bytes

    def __len__(self):
        return len(self._bytes)

    def __iter__(self):
        return iter(self._bytes)

    def __getitem__(self, key):
        return memoryview(self._bytes[key]) if isinstance(key, slice) else self._bytes[key]

    def __eq__(self, other):
        if isinstance(other, (bytes, bytearray, memoryview)):
            return self._bytes == bytes(other)
        return NotImplemented

    def __hash__(self):
        return hash(self._bytes)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        pass

    @property
    def nbytes(self):
        return len(self._bytes)

    def tobytes(self, order=None):
        return self._bytes

    def tolist(self):
        return list(self._bytes)

    def __getattr__(self, name):
        _unsupported(f'memoryview.{name}')
