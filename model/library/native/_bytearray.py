"""Stands in for Objects/bytearrayobject.c; in the namespace of `_builtins.py`."""


class bytearray:
    """The parts of it that small programs use."""

    __slots__ = ('_bytes',)
    __hash__ = None

    def __init__(self, source=b'', encoding=None, errors='strict'):
        if isinstance(source, str):
            if encoding is None:
                raise TypeError("string argument without an encoding")
            source = source.encode(encoding, errors)
        self._bytes = list(source._bytes) if isinstance(source, bytearray) else list(bytes(source))

    def __bytes__(self):
        return bytes(self._bytes)

    def __repr__(self):
        return f'bytearray({bytes(self._bytes)!r})'

    def __len__(self):
        return len(self._bytes)

    def __iter__(self):
        return iter(self._bytes)

    def __contains__(self, item):
        return item in (self._bytes if isinstance(item, int) else bytes(self._bytes))

    def __getitem__(self, key):
        return bytearray(self._bytes[key]) if isinstance(key, slice) else self._bytes[key]

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            self._bytes[key] = list(bytes(value))
        else:
            self._bytes[key] = _byte(value)

    def __delitem__(self, key):
        del self._bytes[key]

    def __eq__(self, other):
        if isinstance(other, (bytes, bytearray)):
            return bytes(self._bytes) == bytes(other)
        return NotImplemented

    def __lt__(self, other):
        return bytes(self._bytes) < bytes(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __add__(self, other):
        return bytearray(self._bytes + list(bytes(other)))

    def __iadd__(self, other):
        self._bytes += list(bytes(other))
        return self

    def __mul__(self, count):
        return bytearray(self._bytes * count)

    def append(self, item, /):
        self._bytes.append(_byte(item))

    def extend(self, items, /):
        self._bytes.extend([_byte(item) for item in items])

    def insert(self, index, item, /):
        self._bytes.insert(index, _byte(item))

    def pop(self, index=-1, /):
        if not self._bytes:
            raise IndexError("pop from empty bytearray")
        return self._bytes.pop(index)

    def remove(self, value, /):
        if value not in self._bytes:
            raise ValueError("value not found in bytearray")
        self._bytes.remove(value)

    def reverse(self):
        self._bytes.reverse()

    def clear(self):
        self._bytes.clear()

    def copy(self):
        return bytearray(self._bytes)

    def decode(self, encoding='utf-8', errors='strict'):
        return bytes(self._bytes).decode(encoding, errors)

    def hex(self):
        return bytes(self._bytes).hex()

    def find(self, *arguments):
        return bytes(self._bytes).find(*arguments)

    def startswith(self, *arguments):
        return bytes(self._bytes).startswith(*arguments)

    def endswith(self, *arguments):
        return bytes(self._bytes).endswith(*arguments)

    def split(self, *arguments):
        return [bytearray(part) for part in bytes(self._bytes).split(*arguments)]


def _byte(item):
    if not isinstance(item, int):
        raise TypeError(f"'{type(item).__name__}' object cannot be interpreted as an integer")
    if not 0 <= item < 256:
        raise ValueError("byte must be in range(0, 256)")
    return item
