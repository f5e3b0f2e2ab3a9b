"""Stands in for subscripts and `in`, and for dicts and sets whose keys are of the program's classes; in the namespace of `_builtins.py`."""

# --- items

def _slow_contains(container, item):
    method = _special(container, '__contains__')
    if method is None:
        raise TypeError(f"'{type(container).__name__}' object is not a container")
    if method is not _missing:
        return True if method(item) else False
    if isinstance(container, dict):
        return _slow_dict_contains(container, item)
    if isinstance(container, (set, frozenset)):
        return _slow_set_contains(container, item)
    if isinstance(container, (str, bytes)):
        return _lockweave.plain_contains(container, item)
    if isinstance(container, (list, tuple)):
        index = 0
        while index < len(container):
            if _slow_eq(container[index], item):
                return True
            index += 1
        return False
    try:
        iterator = iter(container)
    except TypeError:
        if _special(container, '__iter__') is not _missing:
            raise
        raise TypeError(f"argument of type '{type(container).__name__}' is not iterable") from None
    for element in iterator:
        if _slow_eq(element, item):
            return True
    return False


def _slow_getitem(x, key):
    method = _special(x, '__getitem__')
    if method is not _missing:
        return method(key)
    if isinstance(x, dict):
        return _slow_dict_get(x, key, None, True)
    if isinstance(x, (list, tuple, str, bytes, range)):
        return _lockweave.plain_getitem(x, _plain_key(x, key))
    if _version < (3, 7) and isinstance(key, int) and _is_python_class(type(x)):
        raise TypeError(f"'{type(x).__name__}' object does not support indexing")
    if isinstance(x, type) and _version >= (3, 7):
        hook = getattr(x, '__class_getitem__', _missing)
        if hook is not _missing:
            return hook(key)
    return _lockweave.plain_getitem(x, key)  # TypeError if it cannot be subscripted


def _is_python_class(cls):
    return not isinstance(cls.__dict__, dict)  # a built-in one's is made when it is asked for


def _slow_setitem(x, key, value):
    method = _special(x, '__setitem__')
    if method is not _missing:
        method(key, value)
    elif isinstance(x, dict):
        _slow_dict_set(x, key, value)
    else:
        if isinstance(key, slice) and isinstance(x, list) and not isinstance(value, (list, tuple)):
            value = list(value)
        _lockweave.plain_setitem(x, _plain_key(x, key), value)


def _slow_delitem(x, key):
    method = _special(x, '__delitem__')
    if method is not _missing:
        method(key)
    elif isinstance(x, dict):
        _slow_dict_del(x, key)
    else:
        _lockweave.plain_delitem(x, _plain_key(x, key))


def _plain_key(x, key):
    """An index, or the parts of a slice, may be objects with __index__."""
    if isinstance(key, slice):
        return slice(_plain_bound(key.start), _plain_bound(key.stop), _plain_bound(key.step))
    if _special(key, '__index__') is not _missing:
        return _slow_index(key)
    return key


def _plain_bound(bound):
    return bound if bound is None else _slow_index(bound)


# --- dictionaries and sets with keys of the program's classes: look at those with the same hash, one after the other

def _find_key(table, key, hashed):
    """The stored key that equals this one, or the missing marker."""
    for stored in _lockweave.table_candidates(table, hashed):
        if stored is key or stored == key:
            return stored
    return _missing


def _slow_dict_get(d, key, default, raise_):
    stored = _find_key(d, key, hash(key))
    if stored is not _missing:
        return _lockweave.table_value(d, stored)
    if not raise_:
        return default
    hook = _missing if type(d) is dict else _special(d, '__missing__')
    if hook is not _missing:
        return hook(key)
    raise KeyError(key)


def _slow_dict_contains(d, key):
    return _find_key(d, key, hash(key)) is not _missing


def _slow_dict_set(d, key, value):
    hashed = hash(key)
    stored = _find_key(d, key, hashed)
    _lockweave.table_store(d, key if stored is _missing else stored, hashed, value)


def _slow_dict_del(d, key):
    stored = _find_key(d, key, hash(key))
    if stored is _missing:
        raise KeyError(key)
    _lockweave.table_remove(d, stored)


def _slow_dict_setdefault(d, key, default=None):
    hashed = hash(key)
    stored = _find_key(d, key, hashed)
    if stored is not _missing:
        return _lockweave.table_value(d, stored)
    _lockweave.table_store(d, key, hashed, default)
    return default


def _slow_dict_pop(d, key, default=_missing):
    stored = _find_key(d, key, hash(key))
    if stored is not _missing:
        value = _lockweave.table_value(d, stored)
        _lockweave.table_remove(d, stored)
        return value
    if default is _missing:
        raise KeyError(key)
    return default


def _slow_dict_update(d, other, merge=None):
    """dict.update and dict(): a mapping (it has keys()), or pairs. With merge False: {**other}; with True: f(**other)."""
    if merge is not None:
        _slow_merge(d, other, merge)
    elif isinstance(other, dict):
        for key, value in list(other.items()):
            dict.__setitem__(d, key, value)
    elif hasattr(other, 'keys'):
        for key in other.keys():
            dict.__setitem__(d, key, other[key])
    else:
        for position, pair in enumerate(other):
            try:
                items = list(pair)
            except TypeError:
                raise TypeError(f"cannot convert dictionary update sequence element #{position} to a sequence") from None
            if len(items) != 2:
                raise ValueError(f"dictionary update sequence element #{position} has length {len(items)}; 2 is required")
            dict.__setitem__(d, items[0], items[1])


def _slow_dict_fromkeys(cls, iterable, value=None):
    result = cls()
    for key in iterable:
        result[key] = value
    return result


def _slow_set_contains(s, item):
    if isinstance(item, set) and _special(item, '__hash__') is _missing:
        item = frozenset(item)  # a set of sets can be asked about a set
    return _find_key(s, item, hash(item)) is not _missing


def _slow_set_add(s, item):
    hashed = hash(item)
    if _find_key(s, item, hashed) is _missing:
        _lockweave.table_store(s, item, hashed, None)


def _slow_set_discard(s, item):
    """True if it was there."""
    stored = _find_key(s, item, hash(item))
    if stored is _missing:
        return False
    _lockweave.table_remove(s, stored)
    return True


def _slow_set_remove(s, item):
    if not _slow_set_discard(s, item):
        raise KeyError(item)


def _slow_set_update(s, iterable):
    for item in iterable:
        _slow_set_add(s, item)


def _slow_set_combine(symbol, a, b):
    """a | b, a & b, a - b, a ^ b for iterables a and b as a new set."""
    left = set()
    _slow_set_update(left, a)
    right = set()
    _slow_set_update(right, b)
    result = set()
    for item in left:
        inside = item in right
        if symbol == '|' or (symbol == '&') == inside:
            result.add(item)
    if symbol == '|' or symbol == '^':
        for item in right:
            if item not in left:
                result.add(item)
    return result
