"""types."""

import sys


def _f():
    pass


FunctionType = LambdaType = type(_f)
CodeType = type(_f.__code__)


def _cell_factory():
    a = 1

    def f():
        nonlocal a
    return f.__closure__[0]


CellType = type(_cell_factory())


def _g():
    yield 1


GeneratorType = type(_g())


async def _c():
    pass


_c = _c()
CoroutineType = type(_c)
_c.close()


async def _ag():
    yield


AsyncGeneratorType = type(_ag())


class _C:
    def _m(self):
        pass


MethodType = type(_C()._m)
BuiltinFunctionType = type(len)
BuiltinMethodType = type([].append)
ModuleType = type(sys)
NoneType = type(None)
NotImplementedType = type(NotImplemented)
EllipsisType = type(...)

try:
    raise TypeError
except TypeError as _error:
    TracebackType = type(_error.__traceback__)

SimpleNamespace = type(sys.implementation)


class MappingProxyType:
    """A view of a mapping that cannot be written through."""

    __slots__ = ('_mapping',)

    def __init__(self, mapping):
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __len__(self):
        return len(self._mapping)

    def __iter__(self):
        return iter(self._mapping)

    def __repr__(self):
        return f'mappingproxy({self._mapping!r})'

    def __eq__(self, other):
        return self._mapping == other

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()


MappingProxyType.__name__ = MappingProxyType.__qualname__ = 'mappingproxy'


class DynamicClassAttribute(property):
    """A property of instances; on the class, AttributeError."""

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            raise AttributeError()
        return self.fget(instance)


def new_class(name, bases=(), kwds=None, exec_body=None):
    kwds = dict(kwds) if kwds else {}
    meta = kwds.pop('metaclass', None)
    if meta is None:
        meta = type(bases[0]) if bases else type
    namespace = meta.__prepare__(name, bases, **kwds) if hasattr(meta, '__prepare__') else {}
    if exec_body is not None:
        exec_body(namespace)
    return meta(name, bases, namespace, **kwds)


def coroutine(func):
    """A generator function whose generators can be awaited."""
    if not callable(func):
        raise TypeError('types.coroutine() expects a callable')
    if _is_coroutine_function(func):
        return func

    def wrapped(*args, **kwargs):
        made = func(*args, **kwargs)
        if isinstance(made, CoroutineType):
            return made
        if isinstance(made, GeneratorType):
            return _AwaitableGenerator(made)
        return made

    wrapped.__name__ = getattr(func, '__name__', 'coroutine')
    wrapped.__wrapped__ = func
    return wrapped


def _is_coroutine_function(func):
    flags = getattr(getattr(func, '__code__', None), 'co_flags', 0)
    return bool(flags & 0x180)


class _AwaitableGenerator:
    def __init__(self, generator):
        self._generator = generator

    def __await__(self):
        return self._generator

    __iter__ = __await__

    def send(self, value):
        return self._generator.send(value)

    def throw(self, *error):
        return self._generator.throw(*error)

    def close(self):
        return self._generator.close()

    def __next__(self):
        return next(self._generator)


del _f, _g, _c, _ag, _C, _cell_factory
