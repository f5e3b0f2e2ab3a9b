"""In the namespace of `_builtins.py`: methods of containers whose items or arguments involve classes of
the program. The machine calls each with the method's own arguments."""


# --- list and tuple

def _slow_list_index(items, item, start, stop):
    index = start
    while index < stop and index < len(items):
        if _slow_eq(items[index], item):
            return index
        index += 1
    if isinstance(items, tuple):
        raise ValueError("tuple.index(x): x not in tuple")
    raise ValueError(f"{item!r} is not in list")


def _slow_list_count(items, item):
    count = 0
    index = 0
    while index < len(items):
        if _slow_eq(items[index], item):
            count += 1
        index += 1
    return count


def _slow_list_remove(items, item):
    index = 0
    while index < len(items):
        if _slow_eq(items[index], item):
            list.__delitem__(items, index)
            return
        index += 1
    raise ValueError("list.remove(x): x not in list")


def _slow_sequence_contains(items, item):
    index = 0
    while index < len(items):
        if _slow_eq(items[index], item):
            return True
        index += 1
    return False


# --- dict

def _fill_dict(made, source, keywords):
    """The rest of dict(source, **keywords) and of made |= source."""
    _slow_dict_update(made, source)
    for key in keywords:
        dict.__setitem__(made, key, keywords[key])
    return made


def _slow_dict_update_with(d, source, keywords):
    _fill_dict(d, source, keywords)


# --- set and frozenset

def _slow_set_new(cls, iterable):
    """set(iterable), frozenset(iterable) and subclasses."""
    made = (frozenset if issubclass(cls, frozenset) else set).__new__(cls)
    for item in iterable:
        _slow_set_add(made, item)
    return made


def _slow_set_combine_all(symbol, a, others):
    """a.union(*others) and its kin; also a | b, with one other."""
    result = _slow_set_new(set, a)
    for other in others:
        result = _slow_set_combine(symbol, result, other)
    return _slow_set_new(frozenset, result) if isinstance(a, frozenset) else result


def _slow_set_change(symbol, target, others):
    """target.update(*others) and its kin."""
    for other in others:
        _slow_set_inplace(symbol, target, other)


def _slow_set_discard_item(s, item):
    _slow_set_discard(s, item)


def _slow_set_issubset(a, b):
    if not isinstance(b, (set, frozenset)):
        b = _slow_set_new(set, b)
    return _is_subset(a, b)


def _slow_set_issuperset(a, b):
    for item in b:
        if item not in a:
            return False
    return True


def _slow_set_isdisjoint(a, b):
    for item in b:
        if item in a:
            return False
    return True


# --- range

def _construct_with_indexes(cls, arguments):
    return cls(*[_slow_index(argument) for argument in arguments])


# --- str and bytes

def _slow_translate(text, table):
    pieces = []
    for character in text:
        try:
            replacement = table[ord(character)]
        except LookupError:
            pieces.append(character)
            continue
        if replacement is None:
            continue
        if isinstance(replacement, int):
            pieces.append(chr(replacement))
        elif isinstance(replacement, str):
            pieces.append(replacement)
        else:
            raise TypeError("character mapping must return integer, None or str")
    return ''.join(pieces)


def _slow_bytes(x):
    result = x.__bytes__()
    if not isinstance(result, bytes):
        raise TypeError(f"__bytes__ returned non-bytes (type {type(result).__name__})")
    return result
