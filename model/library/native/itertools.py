"""itertools. Classes, not generators: a step of one is an operation on its attributes, which the machine can see."""

import _lockweave

_absent = object()


class _Iterator:
    def __iter__(self):
        return self


class count(_Iterator):
    __slots__ = ('_value', '_step')

    def __init__(self, start=0, step=1):
        self._value = start
        self._step = step

    def __next__(self):
        value = self._value
        self._value = value + self._step
        return value

    def __repr__(self):
        if self._step == 1:
            return f'count({self._value!r})'
        return f'count({self._value!r}, {self._step!r})'


class cycle(_Iterator):
    __slots__ = ('_iterator', '_saved', '_position')

    def __init__(self, iterable, /):
        self._iterator = iter(iterable)
        self._saved = []
        self._position = 0

    def __next__(self):
        if self._iterator is not None:
            try:
                item = next(self._iterator)
            except StopIteration:
                self._iterator = None
            else:
                self._saved.append(item)
                return item
        if not self._saved:
            raise StopIteration
        item = self._saved[self._position]
        self._position = (self._position + 1) % len(self._saved)
        return item


class repeat(_Iterator):
    __slots__ = ('_item', '_times')

    def __init__(self, object, times=None):
        self._item = object
        self._times = times if times is None else max(0, times)

    def __next__(self):
        if self._times is not None:
            if self._times <= 0:
                raise StopIteration
            self._times -= 1
        return self._item

    def __repr__(self):
        if self._times is None:
            return f'repeat({self._item!r})'
        return f'repeat({self._item!r}, {self._times})'


class chain(_Iterator):
    __slots__ = ('_sources', '_current')

    def __init__(self, *iterables):
        self._sources = iter(iterables)
        self._current = None

    @classmethod
    def from_iterable(cls, iterable, /):
        self = cls()
        self._sources = iter(iterable)
        return self

    def __next__(self):
        while self._sources is not None:
            if self._current is None:
                try:
                    self._current = iter(next(self._sources))
                except StopIteration:
                    self._sources = None
                    break
            try:
                return next(self._current)
            except StopIteration:
                self._current = None
        raise StopIteration


class islice(_Iterator):
    __slots__ = ('_iterator', '_next', '_stop', '_step', '_done')

    def __init__(self, iterable, /, *arguments):
        if not 1 <= len(arguments) <= 3:
            raise TypeError(f"islice expected at most 4 arguments, got {len(arguments) + 1}")
        bounds = slice(*arguments)
        start = 0 if bounds.start is None else bounds.start
        step = 1 if bounds.step is None else bounds.step
        for bound in (start, bounds.stop):
            if bound is not None and (not isinstance(bound, int) or bound < 0):
                where = "Stop argument" if len(arguments) == 1 else "Indices"
                raise ValueError(f"{where} for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
        if not isinstance(step, int) or step < 1:
            raise ValueError("Step for islice() must be a positive integer or None.")
        self._iterator = iter(iterable)
        self._next = start
        self._stop = bounds.stop
        self._step = step
        self._done = 0  # items taken from the iterator

    def __next__(self):
        if self._iterator is None:
            raise StopIteration
        stop = self._stop
        try:
            while self._done < self._next and (stop is None or self._done < stop):
                next(self._iterator)
                self._done += 1
            if stop is not None and self._done >= stop:
                raise StopIteration
            item = next(self._iterator)
        except StopIteration:
            self._iterator = None
            raise StopIteration from None
        self._done += 1
        self._next += self._step
        return item


class accumulate(_Iterator):
    __slots__ = ('_iterator', '_function', '_total', '_first')

    def __init__(self, iterable, func=None, *, initial=None):
        self._iterator = iter(iterable)
        self._function = func
        self._total = _absent
        self._first = initial

    def __next__(self):
        if self._total is _absent:
            if self._first is not None:
                self._total = self._first
            else:
                self._total = next(self._iterator)
            return self._total
        item = next(self._iterator)
        if self._function is None:
            self._total = self._total + item
        else:
            self._total = self._function(self._total, item)
        return self._total


class takewhile(_Iterator):
    __slots__ = ('_function', '_iterator')

    def __init__(self, predicate, iterable, /):
        self._function = predicate
        self._iterator = iter(iterable)

    def __next__(self):
        if self._iterator is None:
            raise StopIteration
        item = next(self._iterator)
        if self._function(item):
            return item
        self._iterator = None
        raise StopIteration


class dropwhile(_Iterator):
    __slots__ = ('_function', '_iterator')

    def __init__(self, predicate, iterable, /):
        self._function = predicate
        self._iterator = iter(iterable)

    def __next__(self):
        while True:
            item = next(self._iterator)
            if self._function is None:
                return item
            if not self._function(item):
                self._function = None
                return item


class filterfalse(_Iterator):
    __slots__ = ('_function', '_iterator')

    def __init__(self, predicate, iterable, /):
        self._function = predicate
        self._iterator = iter(iterable)

    def __next__(self):
        while True:
            item = next(self._iterator)
            kept = item if self._function is None else self._function(item)
            if not kept:
                return item


class compress(_Iterator):
    __slots__ = ('_data', '_selectors')

    def __init__(self, data, selectors):
        self._data = iter(data)
        self._selectors = iter(selectors)

    def __next__(self):
        while True:
            item = next(self._data)
            if next(self._selectors):
                return item


class starmap(_Iterator):
    __slots__ = ('_function', '_iterator')

    def __init__(self, function, iterable, /):
        self._function = function
        self._iterator = iter(iterable)

    def __next__(self):
        return self._function(*next(self._iterator))


class zip_longest(_Iterator):
    __slots__ = ('_iterators', '_fill', '_active')

    def __init__(self, *iterables, fillvalue=None):
        self._iterators = [iter(iterable) for iterable in iterables]
        self._fill = fillvalue
        self._active = len(iterables)

    def __next__(self):
        if self._active == 0:
            raise StopIteration
        items = []
        for position, iterator in enumerate(self._iterators):
            item = self._fill
            if iterator is not None:
                try:
                    item = next(iterator)
                except StopIteration:
                    self._iterators[position] = None
                    self._active -= 1
                    if self._active == 0:
                        raise StopIteration from None
            items.append(item)
        return tuple(items)


class pairwise(_Iterator):
    __slots__ = ('_iterator', '_last')

    def __init__(self, iterable, /):
        self._iterator = iter(iterable)
        self._last = _absent

    def __next__(self):
        if self._last is _absent:
            self._last = next(self._iterator)
        item = next(self._iterator)
        pair = (self._last, item)
        self._last = item
        return pair


class groupby(_Iterator):
    __slots__ = ('_iterator', '_key', '_current_key', '_current', '_target', '_group')

    def __init__(self, iterable, key=None):
        self._iterator = iter(iterable)
        self._key = key
        self._current_key = self._current = self._target = _absent
        self._group = None

    def __next__(self):
        self._group = None
        while self._current_key is _absent or self._target is not _absent and self._current_key == self._target:
            self._advance()
        self._target = self._current_key
        self._group = _Group(self, self._target)
        return (self._current_key, self._group)

    def _advance(self):
        self._current = next(self._iterator)
        self._current_key = self._current if self._key is None else self._key(self._current)


class _Group(_Iterator):
    __slots__ = ('_parent', '_key')

    def __init__(self, parent, key):
        self._parent = parent
        self._key = key

    def __next__(self):
        parent = self._parent
        if parent._group is not self:
            raise StopIteration
        if parent._current is _absent:
            parent._advance()
        if not parent._current_key == self._key:
            raise StopIteration
        item = parent._current
        parent._current = _absent
        return item


def tee(iterable, n=2, /):
    if n < 0:
        raise ValueError("n must be >= 0")
    source = iter(iterable)
    if isinstance(source, _Tee):
        return tuple([_Tee(source._shared, source._position) for _ in range(n)])
    shared = _TeeSource(source)
    return tuple([_Tee(shared, 0) for _ in range(n)])


class _TeeSource:
    __slots__ = ('iterator', 'items')

    def __init__(self, iterator):
        self.iterator = iterator
        self.items = []


class _Tee(_Iterator):
    __slots__ = ('_shared', '_position')

    def __init__(self, shared, position):
        self._shared = shared
        self._position = position

    def __next__(self):
        shared = self._shared
        if self._position >= len(shared.items):
            shared.items.append(next(shared.iterator))
        item = shared.items[self._position]
        self._position += 1
        return item


# --- combinations: the whole list is made at the start, which no program can tell

class _Listed(_Iterator):
    __slots__ = ('_items', '_position')

    def __next__(self):
        if self._position >= len(self._items):
            raise StopIteration
        item = self._items[self._position]
        self._position += 1
        return item


class product(_Listed):
    __slots__ = ()

    def __init__(self, *iterables, repeat=1):
        pools = [tuple(iterable) for iterable in iterables] * repeat
        rows = [()]
        for pool in pools:
            rows = [row + (item,) for row in rows for item in pool]
        self._items = rows
        self._position = 0


class permutations(_Listed):
    __slots__ = ()

    def __init__(self, iterable, r=None):
        pool = tuple(iterable)
        if r is None:
            r = len(pool)
        if r < 0:
            raise ValueError("r must be non-negative")
        self._items = [tuple([pool[i] for i in chosen]) for chosen in _arrange(len(pool), r, False, False)]
        self._position = 0


class combinations(_Listed):
    __slots__ = ()

    def __init__(self, iterable, r):
        pool = tuple(iterable)
        if r < 0:
            raise ValueError("r must be non-negative")
        self._items = [tuple([pool[i] for i in chosen]) for chosen in _arrange(len(pool), r, True, False)]
        self._position = 0


class combinations_with_replacement(_Listed):
    __slots__ = ()

    def __init__(self, iterable, r):
        pool = tuple(iterable)
        if r < 0:
            raise ValueError("r must be non-negative")
        self._items = [tuple([pool[i] for i in chosen]) for chosen in _arrange(len(pool), r, True, True)]
        self._position = 0


def _arrange(size, length, ascending, repeated):
    """Rows of indices in lexical order; ascending: no row is another order of one before."""
    rows = [()]
    for _ in range(length):
        longer = []
        for row in rows:
            for index in range(size):
                if ascending and row and (index < row[-1] or index == row[-1] and not repeated):
                    continue
                if not ascending and index in row:
                    continue
                longer.append(row + (index,))
        rows = longer
    return rows
