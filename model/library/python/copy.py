"""copy."""

import types

__all__ = ['Error', 'copy', 'deepcopy']


class Error(Exception):
    pass


error = Error

_atomic = (type(None), int, float, bool, str, bytes, tuple, frozenset, type, range, slice, types.FunctionType, types.BuiltinFunctionType,
           type(Ellipsis), type(NotImplemented))


def copy(x):
    cls = type(x)
    if cls in (list, dict, set, bytearray):
        return x.copy()
    if cls in _atomic or issubclass(cls, type):
        return x
    copier = getattr(cls, '__copy__', None)
    if copier is not None:
        return copier(x)
    return _rebuild(x, lambda value: value)


def deepcopy(x, memo=None):
    if memo is None:
        memo = {}
    known = memo.get(id(x))
    if known is not None:
        return known
    cls = type(x)
    if cls is list:
        made = memo[id(x)] = []
        for item in x:
            made.append(deepcopy(item, memo))
    elif cls is tuple:
        made = tuple([deepcopy(item, memo) for item in x])
        for item, copied in zip(x, made):
            if item is not copied:
                break
        else:
            made = x
    elif cls is dict:
        made = memo[id(x)] = {}
        for key, value in x.items():
            made[deepcopy(key, memo)] = deepcopy(value, memo)
    elif cls is set or cls is frozenset:
        made = cls([deepcopy(item, memo) for item in x])
    elif cls in _atomic or issubclass(cls, type):
        return x
    elif cls is types.MethodType:
        made = cls(x.__func__, deepcopy(x.__self__, memo))
    else:
        copier = getattr(cls, '__deepcopy__', None)
        if copier is not None:
            made = copier(x, memo)
        else:
            made = _rebuild(x, lambda value: deepcopy(value, memo), memo)
    memo[id(x)] = made
    memo.setdefault(id(memo), []).append(x)  # x must live as long as its id is used
    return made


def _rebuild(x, transform, memo=None):
    """A new object of x's class with x's attributes; what x holds as a list or dict comes too."""
    cls = type(x)
    if isinstance(x, BaseException):
        made = cls(*[transform(arg) for arg in x.args])
    elif issubclass(cls, tuple):
        made = cls.__new__(cls, *getattr(x, '__getnewargs__', lambda: (tuple(x),))())
    else:
        try:
            made = cls.__new__(cls)
        except TypeError:
            raise TypeError(f"cannot pickle '{cls.__name__}' object") from None
    if memo is not None:
        memo[id(x)] = made
    if isinstance(x, list):
        made.extend([transform(item) for item in x])
    elif isinstance(x, dict):
        for key, value in dict.items(x):
            made[transform(key)] = transform(value)
    state = getattr(x, '__dict__', None)
    if state is None and not isinstance(x, (list, dict, tuple, BaseException)) and not hasattr(cls, '__slots__'):
        raise TypeError(f"cannot pickle '{cls.__name__}' object")
    for key, value in (state or {}).items():
        made.__dict__[key] = transform(value)
    for base in cls.__mro__:
        slots = base.__dict__.get('__slots__', ())
        for slot in (slots,) if isinstance(slots, str) else slots:
            if slot not in ('__dict__', '__weakref__') and hasattr(x, slot):
                setattr(made, slot, transform(getattr(x, slot)))
    return made
