"""Stands in for iter() and unpacking, enumerate, zip, map, filter and reversed; in the namespace of `_builtins.py`."""

# --- iterators

class _SequenceIterator:
    """iter() of something that has only __getitem__."""

    __slots__ = ('_sequence', '_index')

    def __init__(self, sequence):
        self._sequence = sequence
        self._index = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self._sequence is None:
            raise StopIteration
        try:
            item = self._sequence[self._index]
        except (IndexError, StopIteration):
            self._sequence = None
            raise StopIteration from None
        self._index += 1
        return item


class _CallableIterator:
    """iter(function, sentinel)."""

    __slots__ = ('_function', '_sentinel')

    def __init__(self, function, sentinel):
        self._function = function
        self._sentinel = sentinel

    def __iter__(self):
        return self

    def __next__(self):
        if self._function is None:
            raise StopIteration
        item = self._function()
        if item == self._sentinel:
            self._function = None
            raise StopIteration
        return item


class enumerate:
    __slots__ = ('_iterator', '_count')

    def __init__(self, iterable, start=0):
        self._iterator = iter(iterable)
        self._count = start

    def __iter__(self):
        return self

    def __next__(self):
        item = next(self._iterator)
        count = self._count
        self._count = count + 1
        return (count, item)


class zip:
    __slots__ = ('_iterators', '_strict')

    def __init__(self, *iterables, strict=False):
        if strict and _version < (3, 10):
            raise TypeError("zip() takes no keyword arguments")
        iterators = []
        for position, iterable in enumerate(iterables, 1):
            try:
                iterators.append(iter(iterable))
            except TypeError:
                if _version >= (3, 8):
                    raise
                raise TypeError(f"zip argument #{position} must support iteration") from None
        self._iterators = iterators
        self._strict = strict

    def __iter__(self):
        return self

    def __next__(self):
        items = []
        for iterator in self._iterators:
            try:
                items.append(next(iterator))
            except StopIteration:
                if self._strict:
                    self._check_lengths(len(items))
                raise StopIteration from None
        if not items:
            raise StopIteration
        return tuple(items)

    def _check_lengths(self, ended):
        earlier = "argument 1" if ended == 1 else f"arguments 1-{ended}"
        if ended:
            raise ValueError(f"zip() argument {ended + 1} is shorter than {earlier}")
        for position in range(1, len(self._iterators)):
            for _ in self._iterators[position]:
                earlier = "argument 1" if position == 1 else f"arguments 1-{position}"
                raise ValueError(f"zip() argument {position + 1} is longer than {earlier}")


class map:
    __slots__ = ('_function', '_iterators')

    def __init__(self, function, *iterables):
        if not iterables:
            raise TypeError("map() must have at least two arguments.")
        self._function = function
        self._iterators = [iter(iterable) for iterable in iterables]

    def __iter__(self):
        return self

    def __next__(self):
        return self._function(*[next(iterator) for iterator in self._iterators])


class filter:
    __slots__ = ('_function', '_iterator')

    def __init__(self, function, iterable):
        self._function = function
        self._iterator = iter(iterable)

    def __iter__(self):
        return self

    def __next__(self):
        function = self._function
        while True:
            item = next(self._iterator)
            if function is None or function is bool:
                if item:
                    return item
            elif function(item):
                return item


class reversed:
    __slots__ = ('_sequence', '_index')

    def __new__(cls, sequence):
        method = _special(sequence, '__reversed__')
        if method is not _missing:
            if method is None:
                raise TypeError(f"'{type(sequence).__name__}' object is not reversible")
            return method()
        if isinstance(sequence, dict):
            if _version < (3, 8):
                raise TypeError(f"'{type(sequence).__name__}' object is not reversible")
            sequence = list(sequence)
        elif not _is_sequence(sequence):
            raise TypeError(f"'{type(sequence).__name__}' object is not reversible")
        self = object.__new__(cls)
        self._sequence = sequence
        self._index = len(sequence)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self._index <= 0:
            raise StopIteration
        self._index -= 1
        try:
            return self._sequence[self._index]
        except IndexError:
            self._index = 0
            raise StopIteration from None

    def __length_hint__(self):
        return self._index


def _is_sequence(x):
    if isinstance(x, (list, tuple, str, bytes, bytearray, range)):
        return True
    if isinstance(x, (dict, set, frozenset)):
        return False
    return _special(x, '__getitem__') is not _missing and _special(x, '__len__') is not _missing


# --- iteration

def _slow_iter(x):
    method = _special(x, '__iter__')
    if method is None:
        raise TypeError(f"'{type(x).__name__}' object is not iterable")
    if method is not _missing:
        iterator = method()
        if not _lockweave.is_iterator(iterator):
            raise TypeError(f"iter() returned non-iterator of type '{type(iterator).__name__}'")
        return iterator
    if _special(x, '__getitem__') is not _missing:
        return _SequenceIterator(x)
    return _lockweave.plain_iter(x)  # TypeError if it has none


def _slow_iter_sentinel(function, sentinel):
    if not callable(function):
        raise TypeError("iter(object, sentinel): object must be callable" if _version == (3, 12) else "iter(v, w): v must be callable")
    return _CallableIterator(function, sentinel)


def _slow_list(iterable):
    return [item for item in iterable]


def _slow_unpack(iterable, count):
    """count values, or ValueError; asks the iterator for one more than that, as CPython does."""
    iterator = _iter_to_unpack(iterable)
    values = []
    for item in iterator:
        if len(values) == count:
            raise ValueError(f"too many values to unpack (expected {count})")
        values.append(item)
    if len(values) < count:
        raise ValueError(f"not enough values to unpack (expected {count}, got {len(values)})")
    return values


def _slow_unpack_ex(iterable, before, after):
    """Values for `a, *b, c = iterable`: before ones, a list, after ones."""
    values = list(_iter_to_unpack(iterable))
    if len(values) < before + after:
        raise ValueError(f"not enough values to unpack (expected at least {before + after}, got {len(values)})")
    end = len(values) - after
    return values[:before] + [values[before:end]] + values[end:]


def _iter_to_unpack(iterable):
    try:
        return iter(iterable)
    except TypeError:
        if _special(iterable, '__iter__') is _missing and _special(iterable, '__getitem__') is _missing:
            if _version >= (3, 7):
                raise TypeError(f"cannot unpack non-iterable {type(iterable).__name__} object") from None
        raise
