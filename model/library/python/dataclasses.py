"""dataclasses, with closures instead of generated source."""

import sys

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'MISSING', 'fields', 'asdict', 'astuple', 'replace',
           'is_dataclass', 'KW_ONLY']


class FrozenInstanceError(AttributeError):
    pass


class _Missing:
    def __repr__(self):
        return '<dataclasses._MISSING_TYPE object>'


MISSING = _Missing()


class KW_ONLY:
    """`_: KW_ONLY`: the fields below are keyword-only."""


class InitVar:
    def __init__(self, type=None):
        self.type = type

    def __class_getitem__(cls, type):
        return InitVar(type)


class Field:
    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata', 'kw_only')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=False):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False,
              slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only)
    return wrap if cls is None else wrap(cls)


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, kw_only):
    found = {}
    for base in cls.__mro__[:0:-1]:
        found.update(base.__dict__.get('__dataclass_fields__', {}))
    keyword_only = kw_only
    for name, kind in cls.__dict__.get('__annotations__', {}).items():
        if kind is KW_ONLY or kind == 'KW_ONLY' or kind == 'dataclasses.KW_ONLY':
            keyword_only = True
            continue
        if _is_class_variable(kind):
            continue
        found[name] = _make_field(cls, name, kind, keyword_only)
    cls.__dataclass_fields__ = found
    fields_ = list(found.values())
    if init:
        _set_init(cls, fields_, frozen)
    shown = [f.name for f in fields_ if f.repr]
    if repr and '__repr__' not in cls.__dict__:
        cls.__repr__ = _make_repr(shown)
    compared = [f.name for f in fields_ if f.compare]
    own_hash = cls.__dict__.get('__hash__')
    if eq and '__eq__' not in cls.__dict__:
        cls.__eq__ = _make_compare(compared, '__eq__')
    if order:
        if not eq:
            raise ValueError('eq must be true if order is true')
        for name in ('__lt__', '__le__', '__gt__', '__ge__'):
            if name in cls.__dict__:
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering')
            setattr(cls, name, _make_compare(compared, name))
    if unsafe_hash or eq and frozen and own_hash is None:
        hashed = [f.name for f in fields_ if (f.compare if f.hash is None else f.hash)]
        cls.__hash__ = lambda self: hash(tuple([getattr(self, name) for name in hashed]))
    elif eq and own_hash is None:
        cls.__hash__ = None
    if frozen:
        _freeze(cls, [f.name for f in fields_])
    cls.__match_args__ = tuple([f.name for f in fields_ if f.init and not f.kw_only])
    return cls


def _is_class_variable(kind):
    if isinstance(kind, str):
        return kind.startswith('ClassVar') or kind.startswith('typing.ClassVar')
    return getattr(kind, '_is_class_variable', False)


def _make_field(cls, name, kind, keyword_only):
    default = cls.__dict__.get(name, MISSING)
    if isinstance(default, Field):
        made = default
        if made.default is MISSING:
            delattr(cls, name)
        else:
            setattr(cls, name, made.default)
        made.kw_only = made.kw_only or keyword_only
    else:
        made = field(default=default, kw_only=keyword_only)
    if isinstance(made.default, (list, dict, set)):
        raise ValueError(f'mutable default {type(made.default)} for field {name} is not allowed: use default_factory')
    made.name = name
    made.type = kind
    return made


def _shown_init(cls):
    return f'{cls.__name__}.__init__()' if sys.version_info >= (3, 10) else '__init__()'


def _set_init(cls, fields_, frozen):
    positional = [f for f in fields_ if f.init and not f.kw_only]
    seen_default = False
    for f in positional:
        if f.default is not MISSING or f.default_factory is not MISSING:
            seen_default = True
        elif seen_default:
            raise TypeError(f'non-default argument {f.name!r} follows default argument')
    accepted = [f.name for f in fields_ if f.init]

    def __init__(self, *args, **kwds):
        if len(args) > len(positional):
            least = len([f for f in positional if f.default is MISSING and f.default_factory is MISSING]) + 1
            most = len(positional) + 1
            takes = most if least == most else f'from {least} to {most}'
            raise TypeError(f'{_shown_init(cls)} takes {takes} positional arguments but {len(args) + 1} were given')
        values = {f.name: value for f, value in zip(positional, args)}
        for name, value in kwds.items():
            if name in values:
                raise TypeError(f"{_shown_init(cls)} got multiple values for argument '{name}'")
            if name not in accepted:
                raise TypeError(f"{_shown_init(cls)} got an unexpected keyword argument '{name}'")
            values[name] = value
        absent = [f"'{f.name}'" for f in fields_ if f.init and f.name not in values and f.default is MISSING
                  and f.default_factory is MISSING]
        if absent:
            plural = '' if len(absent) == 1 else 's'
            names = ' and '.join([', '.join(absent[:-1]), absent[-1]]) if len(absent) > 1 else absent[0]
            raise TypeError(f"{_shown_init(cls)} missing {len(absent)} required positional argument{plural}: {names}")
        init_only = []
        for f in fields_:
            if f.name in values:
                value = values[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            else:
                continue
            if isinstance(f.type, InitVar):
                init_only.append(value)
            elif frozen:
                object.__setattr__(self, f.name, value)
            else:
                setattr(self, f.name, value)
        if hasattr(self, '__post_init__'):
            self.__post_init__(*init_only)

    cls.__init__ = __init__


def _make_repr(names):
    def __repr__(self):
        return self.__class__.__qualname__ + '(' + ', '.join([f'{name}={getattr(self, name)!r}' for name in names]) + ')'
    return __repr__


def _make_compare(names, method):
    def compare(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        a = tuple([getattr(self, name) for name in names])
        b = tuple([getattr(other, name) for name in names])
        if method == '__eq__':
            return a == b
        if method == '__lt__':
            return a < b
        if method == '__le__':
            return a <= b
        if method == '__gt__':
            return a > b
        return a >= b
    compare.__name__ = method
    return compare


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        super(cls, self).__delattr__(name)

    cls.__setattr__ = __setattr__
    cls.__delattr__ = __delattr__


def fields(class_or_instance):
    try:
        found = class_or_instance.__dataclass_fields__
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance') from None
    return tuple([f for f in found.values() if not isinstance(f.type, InitVar)])


def is_dataclass(obj):
    return hasattr(obj if isinstance(obj, type) else type(obj), '__dataclass_fields__')


def asdict(obj, *, dict_factory=dict):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError('asdict() should be called on dataclass instances')
    return _convert(obj, dict_factory)


def _convert(x, dict_factory):
    if is_dataclass(x) and not isinstance(x, type):
        return dict_factory([(f.name, _convert(getattr(x, f.name), dict_factory)) for f in fields(x)])
    if isinstance(x, list):
        return [_convert(item, dict_factory) for item in x]
    if isinstance(x, tuple):
        return tuple([_convert(item, dict_factory) for item in x])
    if isinstance(x, dict):
        return {_convert(key, dict_factory): _convert(value, dict_factory) for key, value in x.items()}
    return x


def astuple(obj, *, tuple_factory=tuple):
    if isinstance(obj, type) or not is_dataclass(obj):
        raise TypeError('astuple() should be called on dataclass instances')
    return tuple_factory([astuple(getattr(obj, f.name)) if is_dataclass(getattr(obj, f.name)) else getattr(obj, f.name)
                          for f in fields(obj)])


def replace(obj, /, **changes):
    for f in fields(obj):
        if f.init and f.name not in changes:
            changes[f.name] = getattr(obj, f.name)
        elif not f.init and f.name in changes:
            raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
    return obj.__class__(**changes)
