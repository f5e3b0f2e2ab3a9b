"""enum: Enum, IntEnum, Flag-less; auto and unique."""

import sys

__all__ = ['EnumMeta', 'Enum', 'IntEnum', 'StrEnum', 'auto', 'unique']


class auto:
    def __init__(self, value=None):
        self.value = value


class _Namespace(dict):
    """The body of an enumeration: remembers the order of its members."""

    def __init__(self):
        super().__init__()
        self.members = []

    def __setitem__(self, key, value):
        if not _is_private(key) and not _is_descriptor(value):
            if key in self.members:
                if sys.version_info >= (3, 11):
                    raise TypeError(f'{key!r} already defined as {self[key]!r}')
                raise TypeError(f'Attempted to reuse key: {key!r}')
            if isinstance(value, auto):
                generate = self.get('_generate_next_value_')
                if generate is not None:
                    value = generate(key, 1, len(self.members), [self[name] for name in self.members])
                else:
                    value = _next_value([self[name] for name in self.members])
            self.members.append(key)
        super().__setitem__(key, value)


def _is_private(key):
    return key.startswith('_')


def _is_descriptor(value):
    return hasattr(value, '__get__') or hasattr(value, '__set__') or hasattr(value, '__delete__')


def _next_value(values):
    for value in values[::-1]:
        if isinstance(value, int):
            return value + 1
    return 1


class EnumMeta(type):
    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        namespace = _Namespace()
        for base in bases:
            generate = getattr(base, '_generate_next_value_', None)
            if generate is not None:
                dict.__setitem__(namespace, '_generate_next_value_', generate)
        return namespace

    def __new__(metacls, name, bases, namespace, **kwds):
        for base in bases:
            if getattr(base, '_member_names_', None):
                if sys.version_info >= (3, 11):
                    raise TypeError(f'<enum {base.__name__!r}> cannot extend <enum {base.__name__!r}>')
                raise TypeError(f'{name}: cannot extend enumeration {base.__name__!r}')
        names = getattr(namespace, 'members', [])
        values = [(key, namespace[key]) for key in names]
        plain = {key: value for key, value in namespace.items() if key not in names}
        cls = super().__new__(metacls, name, bases, plain)
        cls._member_names_ = []
        cls._member_map_ = {}
        cls._value2member_map_ = {}
        mixin = _mixed_in(cls)
        if mixin is not None:
            # The built-in type comes first in the MRO, but members look like members.
            for method in ('__repr__', '__str__', '__format__'):
                if method not in plain:
                    type.__setattr__(cls, method, bases[-1].__dict__.get(method) or getattr(bases[-1], method))
        for key, value in values:
            _add_member(cls, key, value, mixin)
        return cls

    def __call__(cls, value, names=None, **kwds):
        if names is not None:
            return _functional(cls, value, names)
        if type(value) is cls:
            return value
        for member in cls._member_map_.values():
            if member._value_ == value:
                return member
        missing = cls._missing_(value)
        if missing is None:
            raise ValueError(f'{value!r} is not a valid {cls.__qualname__}')
        return missing

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, member):
        if isinstance(member, cls):
            return True
        return any([known._value_ == member for known in cls._member_map_.values()])

    @property
    def __members__(cls):
        return dict(cls._member_map_)

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            if sys.version_info >= (3, 11):
                raise AttributeError(f'cannot reassign member {name!r}')
            raise AttributeError('Cannot reassign members.')
        super().__setattr__(name, value)

    def __repr__(cls):
        return f'<enum {cls.__name__!r}>'


EnumType = EnumMeta


def _mixed_in(cls):
    """int in `class E(int, Enum)`."""
    for base in cls.__mro__:
        if base in (int, str, float, bytes):
            return base
    return None


def _add_member(cls, key, value, mixin):
    new = cls.__dict__.get('__new__')
    if new is not None:
        member = new(cls, *(value if isinstance(value, tuple) else (value,)))
        if not hasattr(member, '_value_'):
            member._value_ = value
    else:
        member = object.__new__(cls) if mixin is None else mixin.__new__(cls, value)
        member._value_ = value
    for known in cls._member_map_.values():
        if known._value_ == member._value_:  # a second name for the same member
            cls._member_map_[key] = known
            type.__setattr__(cls, key, known)
            return
    member._name_ = key
    init = cls.__dict__.get('__init__')
    if init is not None:
        init(member, *(value if isinstance(value, tuple) else (value,)))
    member._sort_order_ = len(cls._member_names_)
    cls._member_names_.append(key)
    cls._member_map_[key] = member
    type.__setattr__(cls, key, member)


def _functional(cls, name, names):
    """Enum('Name', 'A B C')."""
    if isinstance(names, str):
        names = names.replace(',', ' ').split()
    namespace = _Namespace()
    for position, item in enumerate(names.items() if isinstance(names, dict) else names, 1):
        key, value = item if isinstance(item, tuple) else (item, position)
        namespace[key] = value
    return type(cls)(name, (cls,), namespace)


class Enum(metaclass=EnumMeta):
    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return f'<{self.__class__.__name__}.{self._name_}: {self._value_!r}>'

    def __str__(self):
        return f'{self.__class__.__name__}.{self._name_}'

    def __format__(self, spec):
        mixin = _mixed_in(type(self))
        if mixin is not None and sys.version_info < (3, 12):
            return format(mixin(self._value_), spec)
        return format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class IntEnum(int, Enum):
    def __hash__(self):
        return hash(self._value_)

    if sys.version_info >= (3, 11):
        def __str__(self):
            return str(self._value_)

        def __format__(self, spec):
            return format(self._value_, spec)


class StrEnum(str, Enum):
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __hash__(self):
        return hash(self._value_)

    def __str__(self):
        return self._value_


def unique(enumeration):
    duplicates = [(name, member._name_) for name, member in enumeration._member_map_.items() if name != member._name_]
    if duplicates:
        details = ', '.join([f'{alias} -> {name}' for alias, name in duplicates])
        raise ValueError(f'duplicate values found in {enumeration!r}: {details}')
    return enumeration
