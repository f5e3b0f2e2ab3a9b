"""ABCMeta and the tests of `isinstance(x, Iterable)` and its kind (C in CPython: Modules/_abc.c)."""

import _lockweave


class ABCMeta(type):
    def __new__(mcls, name, bases, namespace, /, **keywords):
        cls = super().__new__(mcls, name, bases, namespace, **keywords)
        abstract = [key for key, value in namespace.items() if getattr(value, '__isabstractmethod__', False)]
        for base in bases:
            for key in getattr(base, '__abstractmethods__', ()):
                if key not in abstract and getattr(getattr(cls, key, None), '__isabstractmethod__', False):
                    abstract.append(key)
        cls.__abstractmethods__ = frozenset(abstract)
        cls._abc_registry = []
        return cls

    def register(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        for base in cls.__mro__:
            if isinstance(base, ABCMeta):
                base._abc_registry.append(subclass)
        return subclass

    def __instancecheck__(cls, instance):
        return cls.__subclasscheck__(type(instance))

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        answer = cls.__subclasshook__(subclass)
        if answer is not NotImplemented:
            return answer
        if cls in subclass.__mro__:
            return True
        for registered in cls._abc_registry:
            if registered is not cls and issubclass(subclass, registered):
                return True
        return False


def has_methods(cls, *names):
    """What a __subclasshook__ of collections.abc asks: True, or NotImplemented."""
    for name in names:
        method = _lockweave.lookup_type(cls, name)
        if method is _lockweave.missing or method is None:
            return NotImplemented
    return True
