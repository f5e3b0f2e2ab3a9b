"""functools."""

import _lockweave
from _functools import partial, reduce, cmp_to_key, _lru_cache_wrapper, _CacheInfo

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cmp_to_key', 'lru_cache', 'reduce',
           'partial', 'partialmethod', 'singledispatch', 'cached_property']

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for attr in assigned:
        try:
            value = getattr(wrapped, attr)
        except AttributeError:
            pass
        else:
            setattr(wrapper, attr, value)
    for attr in updated:
        getattr(wrapper, attr).update(getattr(wrapped, attr, {}))
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


def lru_cache(maxsize=128, typed=False):
    if isinstance(maxsize, int):
        if maxsize < 0:
            maxsize = 0
    elif callable(maxsize) and isinstance(typed, bool) and _lockweave.version >= (3, 8):
        user_function, maxsize = maxsize, 128
        return _cached(user_function, maxsize, typed)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')

    def decorating_function(user_function):
        return _cached(user_function, maxsize, typed)

    return decorating_function


def _cached(user_function, maxsize, typed):
    wrapper = _lru_cache_wrapper(user_function, maxsize, typed, _CacheInfo)
    wrapper.cache_parameters = lambda: {'maxsize': maxsize, 'typed': typed}
    return update_wrapper(wrapper, user_function)


if _lockweave.version >= (3, 9):
    def cache(user_function, /):
        return lru_cache(maxsize=None)(user_function)
    __all__.append('cache')


_NOT_FOUND = object()


class cached_property:
    """To 3.11 with one lock for all instances of the class, 3.12 without any (bpo-43468)."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        if _lockweave.version < (3, 12):
            import _thread
            self.lock = _thread.RLock()

    def __set_name__(self, owner, name):
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError("Cannot assign the same cached_property to two different names "
                            f"({self.attrname!r} and {name!r}).")

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError("Cannot use cached_property instance without calling __set_name__ on it.")
        cache = instance.__dict__
        val = cache.get(self.attrname, _NOT_FOUND)
        if val is _NOT_FOUND:
            if _lockweave.version >= (3, 12):
                val = self.func(instance)
                cache[self.attrname] = val
            else:
                with self.lock:
                    val = cache.get(self.attrname, _NOT_FOUND)
                    if val is _NOT_FOUND:
                        val = self.func(instance)
                        cache[self.attrname] = val
        return val


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        if hasattr(self.func, '__get__'):
            bound = self.func.__get__(obj, cls)
            if bound is not self.func:
                return partial(bound, *self.args, **self.keywords)
        func, args, keywords = self.func, self.args, self.keywords

        def method(cls_or_self, /, *more, **kwds):
            return func(cls_or_self, *args, *more, **{**keywords, **kwds})

        return method.__get__(obj, cls)


def _from_other(name, other):
    """For total_ordering: method `name` by means of method `other`."""
    def method(self, value):
        result = getattr(type(self), other)(self, value)
        if result is NotImplemented:
            return result
        if (name, other) in (('__gt__', '__lt__'), ('__lt__', '__gt__')):
            return not result and self != value
        if (name, other) in (('__le__', '__lt__'), ('__ge__', '__gt__')):
            return result or self == value
        if (name, other) in (('__ge__', '__lt__'), ('__le__', '__gt__'), ('__gt__', '__le__'), ('__lt__', '__ge__')):
            return not result
        if (name, other) in (('__ge__', '__le__'), ('__le__', '__ge__')):
            return not result or self == value
        return result and self != value  # __lt__ by __le__, __gt__ by __ge__
    method.__name__ = name
    return method


def total_ordering(cls):
    names = ('__lt__', '__le__', '__gt__', '__ge__')
    defined = [name for name in names if getattr(cls, name, None) is not getattr(object, name, None)]
    if not defined:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = [name for name in ('__lt__', '__le__', '__gt__', '__ge__') if name in defined][0]
    for name in names:
        if name not in defined:
            setattr(cls, name, _from_other(name, root))
    return cls


def singledispatch(func):
    registry = {object: func}

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        for registered in registry:
            if issubclass(cls, registered):
                return registry[registered]
        return func

    def register(cls, function=None):
        if function is None:
            if isinstance(cls, type):
                return lambda f: register(cls, f)
            function = cls
            cls = list(function.__annotations__.values())[0]
        registry[cls] = function
        return function

    def wrapper(*args, **kw):
        if not args:
            raise TypeError(f'{getattr(func, "__name__", "singledispatch function")} requires at least 1 positional argument')
        return dispatch(args[0].__class__)(*args, **kw)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    update_wrapper(wrapper, func)
    return wrapper
