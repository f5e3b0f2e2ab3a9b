"""typing: names that may be written in annotations and mean nothing."""

import collections
import _collections_abc

TYPE_CHECKING = False


class _Form:
    """Any, Optional, List, …: can be subscripted, joined with | and called in vain."""

    def __init__(self, name, is_class_variable=False):
        self._name = name
        self._is_class_variable = is_class_variable

    def __getitem__(self, parameters):
        return _Form(f'{self._name}[...]', self._is_class_variable)

    def __or__(self, other):
        return _Form('Union[...]')

    __ror__ = __or__

    def __repr__(self):
        return f'typing.{self._name}'

    def __mro_entries__(self, bases):
        return ()


Any = _Form('Any')
Union = _Form('Union')
Optional = _Form('Optional')
ClassVar = _Form('ClassVar', True)
Final = _Form('Final')
Literal = _Form('Literal')
Annotated = _Form('Annotated')
NoReturn = _Form('NoReturn')
Never = _Form('Never')
Self = _Form('Self')
Type = _Form('Type')
Tuple = _Form('Tuple')
List = _Form('List')
Dict = _Form('Dict')
Set = _Form('Set')
FrozenSet = _Form('FrozenSet')
Deque = _Form('Deque')
DefaultDict = _Form('DefaultDict')
OrderedDict = _Form('OrderedDict')
Counter = _Form('Counter')
Callable = _Form('Callable')
Iterable = _Form('Iterable')
Iterator = _Form('Iterator')
Generator = _Form('Generator')
Sequence = _Form('Sequence')
MutableSequence = _Form('MutableSequence')
Mapping = _Form('Mapping')
MutableMapping = _Form('MutableMapping')
Collection = _Form('Collection')
Container = _Form('Container')
Hashable = _Form('Hashable')
Sized = _Form('Sized')
Awaitable = _Form('Awaitable')
Coroutine = _Form('Coroutine')
AsyncIterator = _Form('AsyncIterator')
AsyncIterable = _Form('AsyncIterable')
AsyncGenerator = _Form('AsyncGenerator')
ContextManager = _Form('ContextManager')
AnyStr = _Form('AnyStr')
Text = str


class Generic:
    def __class_getitem__(cls, parameters):
        return cls


class Protocol(Generic):
    pass


class TypeVar:
    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name

    def __repr__(self):
        return '~' + self.__name__


ParamSpec = TypeVar


def NewType(name, tp):
    return lambda value: value


def cast(typ, val):
    return val


def overload(func):
    return func


def final(func):
    return func


def runtime_checkable(cls):
    return cls


def no_type_check(func):
    return func


def get_type_hints(obj, globalns=None, localns=None):
    return dict(getattr(obj, '__annotations__', {}))


class _NamedTupleMeta(type):
    def __new__(mcls, name, bases, namespace):
        if not bases:
            return super().__new__(mcls, name, bases, namespace)
        types = namespace.get('__annotations__', {})
        defaults = [namespace[field] for field in types if field in namespace]
        made = collections.namedtuple(name, list(types), defaults=defaults)
        for key, value in namespace.items():
            if key not in types and key not in ('__module__', '__qualname__', '__classcell__'):
                setattr(made, key, value)
        return made


class NamedTuple(metaclass=_NamedTupleMeta):
    pass


class TypedDict(dict):
    pass
