"""Stands in for what any object is asked: truth, length, hash, attributes, isinstance; in the namespace of `_builtins.py`."""

import _weakref


# --- truth, length, hash

def _slow_truth(x):
    method = _special(x, '__bool__')
    if method is not _missing:
        result = method()
        if result is True or result is False:
            return result
        raise TypeError(f"__bool__ should return bool, returned {type(result).__name__}")
    if _special(x, '__len__') is not _missing:
        return _slow_len(x) > 0
    return _lockweave.plain_truth(x)


def _slow_len(x):
    method = _special(x, '__len__')
    if method is _missing:
        return _lockweave.plain_len(x)  # TypeError if it has none
    result = method()
    if not isinstance(result, int):
        result = _slow_index(result)
    if result < 0:
        raise ValueError("__len__() should return >= 0")
    return result


def _slow_hash(x):
    method = _special(x, '__hash__')
    if method is None:
        raise TypeError(f"unhashable type: '{type(x).__name__}'")
    if method is not _missing:
        result = method()
        if not isinstance(result, int):
            raise TypeError("__hash__ method should return an integer")
        return result
    if isinstance(x, tuple):
        return _lockweave.plain_hash(tuple([hash(item) for item in x]))
    if isinstance(x, _weakref.ref) and x() is not None:
        return hash(x())
    if isinstance(x, frozenset):
        return _lockweave.plain_hash(frozenset([hash(item) for item in x]))
    return _lockweave.plain_hash(x)


# --- attributes

def _slow_getattr(o, name):
    """Attribute access on an object whose class defines __getattribute__ or __getattr__."""
    method = _special(o, '__getattribute__')
    fallback = _special(o, '__getattr__')
    try:
        if method is not _missing:
            return method(name)
        return _lockweave.plain_getattr(o, name)
    except AttributeError:
        if fallback is _missing:
            raise
    return fallback(name)


def _observed(function):
    """What a function given to lockweave.always and its kin says."""
    return True if function() else False


def _slow_missing_in_module(spec, module, name):
    """Objects/moduleobject.c, module_getattro, 3.8: asks the spec before it says what is missing."""
    try:
        initializing = bool(spec._initializing)
    except BaseException:
        initializing = False
    if initializing:
        raise AttributeError(f"partially initialized module {module!r} has no attribute {name!r} "
                             f"(most likely due to a circular import)")
    raise AttributeError(f"module {module!r} has no attribute {name!r}")


def _slow_setattr(o, name, value):
    method = _special(o, '__setattr__')
    if method is _missing:
        _lockweave.plain_setattr(o, name, value)
    else:
        method(name, value)


def _slow_delattr(o, name):
    method = _special(o, '__delattr__')
    if method is _missing:
        _lockweave.plain_delattr(o, name)
    else:
        method(name)


def _slow_hasattr(o, name):
    try:
        getattr(o, name)
    except AttributeError:
        return False
    return True


def _slow_getattr_default(o, name, default):
    try:
        return getattr(o, name)
    except AttributeError:
        return default


# --- classes of objects

def _slow_isinstance(x, cls):
    if type(x) is cls:
        return True
    if isinstance(cls, tuple):
        for one in cls:
            if _slow_isinstance(x, one):
                return True
        return False
    check = _special(cls, '__instancecheck__')
    if check is not _missing:
        return bool(check(x))
    return _lockweave.plain_isinstance(x, cls)


def _slow_issubclass(sub, cls):
    if isinstance(cls, tuple):
        for one in cls:
            if _slow_issubclass(sub, one):
                return True
        return False
    check = _special(cls, '__subclasscheck__')
    if check is not _missing:
        return bool(check(sub))
    return _lockweave.plain_issubclass(sub, cls)
