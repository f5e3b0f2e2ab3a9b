"""The parts of functools that are C: atomic but for the functions they call."""

import _lockweave
from _collections import OrderedDict

__name__ = 'functools'  # what its classes say of themselves

_initial = object()


class _Sample:
    def method(self):
        pass


_method_type = type(_Sample().method)


def reduce(function, iterable, initial=_initial, /):
    items = iter(iterable)
    if initial is _initial:
        try:
            value = next(items)
        except StopIteration:
            if _lockweave.version >= (3, 11):
                raise TypeError("reduce() of empty iterable with no initial value") from None
            raise TypeError("reduce() of empty sequence with no initial value") from None
    else:
        value = initial
    for item in items:
        value = function(value, item)
    return value


class partial:
    def __new__(cls, function, /, *args, **keywords):
        if not callable(function):
            raise TypeError("the first argument must be callable")
        if isinstance(function, partial) and type(function) is cls:
            args = function.args + args
            keywords = {**function.keywords, **keywords}
            function = function.func
        self = object.__new__(cls)
        self.func = function
        self.args = args
        self.keywords = keywords
        return self

    def __init__(self, *args, **keywords):
        pass

    def __call__(self, /, *args, **keywords):
        if self.keywords:
            keywords = {**self.keywords, **keywords}
        return self.func(*self.args, *args, **keywords)

    def __repr__(self):
        parts = [repr(self.func)] + [repr(arg) for arg in self.args]
        parts += [f'{key}={value!r}' for key, value in self.keywords.items()]
        return 'functools.partial(' + ', '.join(parts) + ')'


class _Key:
    """What cmp_to_key makes of one value."""

    __slots__ = ('obj', '_compare')

    def __init__(self, obj, compare):
        self.obj = obj
        self._compare = compare

    def __lt__(self, other):
        return self._compare(self.obj, other.obj) < 0

    def __gt__(self, other):
        return self._compare(self.obj, other.obj) > 0

    def __eq__(self, other):
        return self._compare(self.obj, other.obj) == 0

    def __le__(self, other):
        return self._compare(self.obj, other.obj) <= 0

    def __ge__(self, other):
        return self._compare(self.obj, other.obj) >= 0

    __hash__ = None


class cmp_to_key:
    def __init__(self, mycmp):
        self._compare = mycmp

    def __call__(self, obj):
        return _Key(obj, self._compare)


class _CacheInfo(tuple):
    """(hits, misses, maxsize, currsize)"""

    __slots__ = ()
    _fields = ('hits', 'misses', 'maxsize', 'currsize')

    @property
    def hits(self):
        return self[0]

    @property
    def misses(self):
        return self[1]

    @property
    def maxsize(self):
        return self[2]

    @property
    def currsize(self):
        return self[3]

    def __repr__(self):
        return f'CacheInfo(hits={self[0]}, misses={self[1]}, maxsize={self[2]}, currsize={self[3]})'


_keyword_mark = object()


def _make_key(args, keywords, typed):
    if not keywords and not typed:
        if len(args) == 1 and type(args[0]) in (int, str):
            return args[0]
        return args
    key = args
    if keywords:
        key += (_keyword_mark,)
        for pair in keywords.items():
            key += pair
    if typed:
        key += tuple([type(value) for value in args]) + tuple([type(value) for value in keywords.values()])
    return key


class _lru_cache_wrapper:
    """Modules/_functoolsmodule.c. The function runs without any lock: two threads that miss together both call it."""

    def __init__(self, function, maxsize, typed, cache_info_type=None):
        self.__wrapped__ = function
        self._maxsize = maxsize
        self._typed = typed
        self._cache = OrderedDict()
        self._hits = self._misses = 0

    def __call__(self, /, *args, **keywords):
        if self._maxsize == 0:
            self._misses += 1
            return self.__wrapped__(*args, **keywords)
        key = _make_key(args, keywords, self._typed)
        result = self._cache.get(key, _initial)
        if result is not _initial:
            self._hits += 1
            if self._maxsize is not None:
                self._cache.move_to_end(key)
            return result
        self._misses += 1
        result = self.__wrapped__(*args, **keywords)
        if self._maxsize is None:
            self._cache[key] = result
        elif key not in self._cache:  # another thread may have been faster: its result stays
            while len(self._cache) >= self._maxsize:
                self._cache.popitem(False)
            self._cache[key] = result
        return result

    def __get__(self, instance, owner=None):
        return self if instance is None else _method_type(self, instance)

    def cache_info(self):
        return _CacheInfo((self._hits, self._misses, self._maxsize, len(self._cache)))

    def cache_clear(self):
        self._hits = self._misses = 0
        self._cache.clear()

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self
