"""deque, defaultdict and OrderedDict: C in CPython, so each method is one operation."""

import _lockweave

__name__ = 'collections'  # what its classes say of themselves

_absent = object()


class deque:
    __slots__ = ('_items', '_maxlen', '__weakref__')

    def __init__(self, iterable=(), maxlen=None):
        if maxlen is not None:
            if not isinstance(maxlen, int):
                raise TypeError("an integer is required")
            if maxlen < 0:
                raise ValueError("maxlen must be non-negative")
        self._items = []
        self._maxlen = maxlen
        self.extend(iterable)

    @property
    def maxlen(self):
        return self._maxlen

    def append(self, item, /):
        items = self._items
        items.append(item)
        if self._maxlen is not None and len(items) > self._maxlen:
            del items[0]

    def appendleft(self, item, /):
        items = self._items
        items.insert(0, item)
        if self._maxlen is not None and len(items) > self._maxlen:
            del items[-1]

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop(0)

    def extend(self, iterable, /):
        if iterable is self:
            iterable = list(self._items)
        for item in iterable:
            self.append(item)

    def extendleft(self, iterable, /):
        if iterable is self:
            iterable = list(self._items)
        for item in iterable:
            self.appendleft(item)

    def clear(self):
        self._items = []

    def copy(self):
        return type(self)(self._items, self._maxlen)

    __copy__ = copy

    def count(self, item, /):
        return self._items.count(item)

    def index(self, item, start=0, stop=None, /):
        size = len(self._items)
        if start < 0:
            start = max(0, start + size)
        if stop is None:
            stop = size
        elif stop < 0:
            stop += size
        for position in range(start, min(stop, size)):
            found = self._items[position]
            if found is item or found == item:
                return position
        raise ValueError(f"{item!r} is not in deque")

    def insert(self, index, item, /):
        if self._maxlen is not None and len(self._items) >= self._maxlen:
            raise IndexError("deque already at its maximum size")
        self._items.insert(index, item)

    def remove(self, item, /):
        size = len(self._items)
        for position in range(size):
            found = self._items[position]
            equal = found is item or found == item
            if len(self._items) != size:
                raise IndexError("deque mutated during remove().")
            if equal:
                del self._items[position]
                return
        raise ValueError(f"{item!r} is not in deque" if _lockweave.version >= (3, 10)
                         else "deque.remove(x): x not in deque")

    def reverse(self):
        self._items.reverse()

    def rotate(self, n=1, /):
        items = self._items
        if items:
            n %= len(items)
            items[:] = items[len(items) - n:] + items[:len(items) - n]

    def __len__(self):
        return len(self._items)

    def __contains__(self, item):
        return item in self._items

    def __iter__(self):
        return _DequeIterator(self, 0, 1)

    def __reversed__(self):
        return _DequeIterator(self, len(self._items) - 1, -1)

    def __getitem__(self, index):
        if isinstance(index, slice):
            raise TypeError("sequence index must be integer, not 'slice'")
        try:
            return self._items[index]
        except IndexError:
            raise IndexError("deque index out of range") from None

    def __setitem__(self, index, value):
        try:
            self._items[index] = value
        except IndexError:
            raise IndexError("deque index out of range") from None

    def __delitem__(self, index):
        try:
            del self._items[index]
        except IndexError:
            raise IndexError("deque index out of range") from None

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._items < other._items if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._items <= other._items if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._items > other._items if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._items >= other._items if isinstance(other, deque) else NotImplemented

    __hash__ = None

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError(f'can only concatenate deque (not "{type(other).__name__}") to deque')
        result = self.copy()
        result.extend(other)
        return result

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __mul__(self, times):
        return type(self)(self._items * times, self._maxlen)

    __rmul__ = __mul__

    def __repr__(self):
        if self._maxlen is None:
            return f'{type(self).__name__}({self._items!r})'
        return f'{type(self).__name__}({self._items!r}, maxlen={self._maxlen})'


class _DequeIterator:
    __slots__ = ('_deque', '_position', '_step', '_size')

    def __init__(self, deque, position, step):
        self._deque = deque
        self._position = position
        self._step = step
        self._size = len(deque._items)

    def __iter__(self):
        return self

    def __next__(self):
        items = self._deque._items
        if len(items) != self._size:
            self._size = -1
            raise RuntimeError("deque mutated during iteration")
        position = self._position
        if not 0 <= position < len(items):
            raise StopIteration
        self._position = position + self._step
        return items[position]


class defaultdict(dict):
    __slots__ = ('default_factory', '__weakref__')

    def __init__(self, default_factory=None, /, *args, **keywords):
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
        self.default_factory = default_factory
        dict.__init__(self, *args, **keywords)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value

    def copy(self):
        return type(self)(self.default_factory, self)

    __copy__ = copy

    def __repr__(self):
        return f'{type(self).__name__}({self.default_factory!r}, {dict.__repr__(self)})'


class OrderedDict(dict):
    def popitem(self, last=True):
        if not self:
            raise KeyError('dictionary is empty')
        if last:
            return dict.popitem(self)
        for key in self:
            break
        return (key, dict.pop(self, key))

    def move_to_end(self, key, last=True):
        if key not in self:
            raise KeyError(key)
        value = dict.pop(self, key)
        if last:
            dict.__setitem__(self, key, value)
            return
        others = list(dict.items(self))
        dict.clear(self)
        dict.__setitem__(self, key, value)
        for other, value in others:
            dict.__setitem__(self, other, value)

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    def __reversed__(self):
        return iter(list(self)[::-1])

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(dict.items(self)) == list(dict.items(other))
        return dict.__eq__(self, other)

    def __ne__(self, other):
        result = self.__eq__(other)
        return result if result is NotImplemented else not result

    __hash__ = None

    def __repr__(self):
        if not self:
            return f'{type(self).__name__}()'
        if _lockweave.version >= (3, 12):
            return f'{type(self).__name__}({dict.__repr__(self)})'
        return f'{type(self).__name__}({list(self.items())!r})'


def _count_elements(mapping, iterable):
    """Counter's loop."""
    for element in iterable:
        mapping[element] = mapping.get(element, 0) + 1
