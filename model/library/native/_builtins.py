"""Builtins whose work is to call back into the program, written in Python so that the machine never has to re-enter itself.

Every public name becomes `builtins.NAME`. The `_slow_...` functions are where the machine goes when an operation on plain
values turns out to involve a class of the program: it calls them with the operands and takes what they return.
`_lockweave.lookup_special` finds only methods that Python code defines, so a built-in part is always asked through `plain_...`
functions, which never call Python. That is what ends the recursion.

This text holds functions over an iterable and those of namespaces. The others of the namespace, each about one thing
(`_iterators.py`, `_text.py`, `_items.py`, `_machine.py`, ...), are listed in model/world.cpp in the order in which they run;
`_classes.py`, the first, has the imports of all.
"""


# --- reductions over an iterable

def all(iterable, /):
    for item in iterable:
        if not item:
            return False
    return True


def any(iterable, /):
    for item in iterable:
        if item:
            return True
    return False


def sum(iterable, /, start=0):
    if isinstance(start, str):
        raise TypeError("sum() can't sum strings [use ''.join(seq) instead]")
    if isinstance(start, bytes):
        raise TypeError("sum() can't sum bytes [use b''.join(seq) instead]")
    total = start
    lost = 0.0  # 3.12+, Python/bltinmodule.c, builtin_sum: what rounding has lost so far (Neumaier)
    for item in iterable:
        if _version >= (3, 12) and type(total) is float and type(item) is float:
            result = total + item
            if (total if total >= 0 else -total) >= (item if item >= 0 else -item):
                lost += (total - result) + item
            else:
                lost += (item - result) + total
            total = result
        else:
            total = total + item
    if lost and type(total) is float and lost - lost == 0.0:
        total += lost
    return total


def min(*arguments, key=None, default=_missing):
    return _extreme('min', arguments, key, default)


def max(*arguments, key=None, default=_missing):
    return _extreme('max', arguments, key, default)


def _extreme(name, arguments, key, default):
    if not arguments:
        if _version < (3, 9):
            raise TypeError(f"{name} expected 1 argument{'s' if _version < (3, 8) else ''}, got 0")
        raise TypeError(f"{name} expected at least 1 argument, got 0")
    if len(arguments) > 1:
        if default is not _missing:
            raise TypeError(f"Cannot specify a default for {name}() with multiple positional arguments")
        items = iter(arguments)
    else:
        items = iter(arguments[0])
    best = best_key = _missing
    for item in items:
        item_key = item if key is None else key(item)
        if best is _missing:
            better = True
        elif name == 'min':
            better = item_key < best_key
        else:
            better = item_key > best_key
        if better:
            best = item
            best_key = item_key
    if best is not _missing:
        return best
    if default is not _missing:
        return default
    if _version >= (3, 12):
        raise ValueError(f"{name}() iterable argument is empty")
    raise ValueError(f"{name}() arg is an empty sequence")


def sorted(iterable, /, *, key=None, reverse=False):
    items = list(iterable)
    _sort(items, key, reverse)
    return items


def _sort(items, key=None, reverse=False):
    """list.sort: stable, asks only `<`. As in CPython the list is empty while keys and comparisons run."""
    values = items[:]
    items[:] = []
    try:
        keys = values if key is None else [key(value) for value in values]
        order = list(range(len(values)))
        if reverse:
            order = order[::-1]
        order = _merge_sort(order, keys)
        if reverse:
            order = order[::-1]
        values = [values[index] for index in order]
        modified = len(items) > 0
    finally:
        items[:] = values
    if modified:
        raise ValueError("list modified during sort")


def _merge_sort(order, keys):
    count = len(order)
    if count < 2:
        return order
    middle = count // 2
    left = _merge_sort(order[:middle], keys)
    right = _merge_sort(order[middle:], keys)
    if not keys[right[0]] < keys[left[-1]]:
        return left + right  # in order already: one comparison for the whole half
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if keys[right[j]] < keys[left[i]]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    return merged + left[i:] + right[j:]


# --- namespaces

def vars(*arguments):
    if not arguments:
        return _lockweave.caller_locals()
    if len(arguments) > 1:
        raise TypeError(f"vars expected at most 1 argument, got {len(arguments)}")
    try:
        return arguments[0].__dict__
    except AttributeError:
        raise TypeError("vars() argument must have __dict__ attribute") from None


def dir(*arguments):
    if not arguments:
        return sorted(_lockweave.caller_locals())
    if len(arguments) > 1:
        raise TypeError(f"dir expected at most 1 argument, got {len(arguments)}")
    x = arguments[0]
    method = _special(x, '__dir__')
    if method is not _missing:
        return sorted(method())
    if type(x) is _module_type:
        method = x.__dict__.get('__dir__')  # PEP 562
        if method is not None and _version >= (3, 7):
            return sorted(method())
    return sorted(_lockweave.plain_dir(x))


_module_type = type(sys)


def format(value, format_spec='', /):
    return _slow_format(value, format_spec)
