"""Stands in for comparisons that involve classes of the program, also inside of containers; in the namespace of `_builtins.py`."""

_COMPARE_METHODS = {'<': '__lt__', '<=': '__le__', '==': '__eq__', '!=': '__ne__', '>': '__gt__', '>=': '__ge__'}
_REFLECTED = {'<': '>', '<=': '>=', '==': '==', '!=': '!=', '>': '<', '>=': '<='}


def _slow_eq(a, b):
    """What a container asks of two elements: identity first, then the truth of ==."""
    if a is b or a == b:
        return True
    return False


def _refuse_opaque(*operands):
    """What id(), hash() and get_ident() give here differs from every real number: only whether two are equal is known."""
    for operand in operands:
        if type(operand).__name__ == 'opaque':
            _lockweave.unsupported("ordering of, or arithmetic with, what id(), hash() or get_ident() gives; it can be compared with == "
                                   "and be a key")


def _slow_compare(op, a, b):
    """Objects/object.c, do_richcompare."""
    type_a = type(a)
    type_b = type(b)
    reflected_first = type_a is not type_b and issubclass(type_b, type_a)
    if reflected_first:
        result = _compare_one_way(_REFLECTED[op], b, a)
        if result is not NotImplemented:
            return result
    result = _compare_one_way(op, a, b)
    if result is not NotImplemented:
        return result
    if not reflected_first:
        result = _compare_one_way(_REFLECTED[op], b, a)
        if result is not NotImplemented:
            return result
    if op == '==':
        return a is b
    if op == '!=':
        return a is not b
    _refuse_opaque(a, b)
    raise TypeError(f"'{op}' not supported between instances of '{type_a.__name__}' and '{type_b.__name__}'")


def _compare_one_way(op, a, b):
    method = _special(a, _COMPARE_METHODS[op])
    if method is not _missing:
        return method(b)
    if op == '!=':
        method = _special(a, '__eq__')
        if method is not _missing:
            result = method(b)
            if result is NotImplemented:
                return result
            return not result
    if isinstance(a, list) and isinstance(b, list) or isinstance(a, tuple) and isinstance(b, tuple):
        return _compare_sequences(op, a, b)
    if isinstance(a, dict) and isinstance(b, dict):
        return _compare_dicts(op, a, b)
    if isinstance(a, (set, frozenset)) and isinstance(b, (set, frozenset)):
        return _compare_sets(op, a, b)
    return _lockweave.plain_compare(op, a, b)


def _compare_sequences(op, a, b):
    if op in ('==', '!=') and len(a) != len(b) and isinstance(a, list):
        return op == '!='
    index = 0
    while index < len(a) and index < len(b):
        if not _slow_eq(a[index], b[index]):
            break
        index += 1
    if index >= len(a) or index >= len(b):
        return _lockweave.plain_compare(op, len(a), len(b))
    if op == '==':
        return False
    if op == '!=':
        return True
    if op == '<':
        return a[index] < b[index]
    if op == '<=':
        return a[index] <= b[index]
    if op == '>':
        return a[index] > b[index]
    return a[index] >= b[index]


def _compare_dicts(op, a, b):
    if op not in ('==', '!='):
        return NotImplemented
    equal = len(a) == len(b)
    if equal:
        for key, value in list(a.items()):
            other = _slow_dict_get(b, key, _missing, False)
            if other is _missing or not _slow_eq(value, other):
                equal = False
                break
    return equal if op == '==' else not equal


def _compare_sets(op, a, b):
    if op in ('>', '>='):
        return _compare_sets(_REFLECTED[op], b, a)
    if op == '==' or op == '!=':
        equal = len(a) == len(b) and _is_subset(a, b)
        return equal if op == '==' else not equal
    if op == '<':
        return len(a) < len(b) and _is_subset(a, b)
    return len(a) <= len(b) and _is_subset(a, b)


def _is_subset(a, b):
    for item in list(a):
        if not _slow_set_contains(b, item):
            return False
    return True
