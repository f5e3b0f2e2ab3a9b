"""Builtins whose work is to call back into the program, written in Python so that the machine never has to re-enter itself.

Every public name becomes `builtins.NAME`. The `_slow_...` functions are where the machine goes when an operation on plain
values turns out to involve a class of the program: it calls them with the operands and takes what they return.
`_lockweave.lookup_special` finds only methods that Python code defines, so a built-in part is always asked through `plain_...`
functions, which never call Python. That is what ends the recursion. `_machine.py` is run in the same namespace.
"""

import sys
import _lockweave
import _weakref

_missing = _lockweave.missing
_special = _lockweave.lookup_special
_version = _lockweave.version


# --- iterators

class _SequenceIterator:
    """iter() of something that has only __getitem__."""

    __slots__ = ('_sequence', '_index')

    def __init__(self, sequence):
        self._sequence = sequence
        self._index = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self._sequence is None:
            raise StopIteration
        try:
            item = self._sequence[self._index]
        except (IndexError, StopIteration):
            self._sequence = None
            raise StopIteration from None
        self._index += 1
        return item


class _CallableIterator:
    """iter(function, sentinel)."""

    __slots__ = ('_function', '_sentinel')

    def __init__(self, function, sentinel):
        self._function = function
        self._sentinel = sentinel

    def __iter__(self):
        return self

    def __next__(self):
        if self._function is None:
            raise StopIteration
        item = self._function()
        if item == self._sentinel:
            self._function = None
            raise StopIteration
        return item


class enumerate:
    __slots__ = ('_iterator', '_count')

    def __init__(self, iterable, start=0):
        self._iterator = iter(iterable)
        self._count = start

    def __iter__(self):
        return self

    def __next__(self):
        item = next(self._iterator)
        count = self._count
        self._count = count + 1
        return (count, item)


class zip:
    __slots__ = ('_iterators', '_strict')

    def __init__(self, *iterables, strict=False):
        if strict and _version < (3, 10):
            raise TypeError("zip() takes no keyword arguments")
        iterators = []
        for position, iterable in enumerate(iterables, 1):
            try:
                iterators.append(iter(iterable))
            except TypeError:
                if _version >= (3, 8):
                    raise
                raise TypeError(f"zip argument #{position} must support iteration") from None
        self._iterators = iterators
        self._strict = strict

    def __iter__(self):
        return self

    def __next__(self):
        items = []
        for iterator in self._iterators:
            try:
                items.append(next(iterator))
            except StopIteration:
                if self._strict:
                    self._check_lengths(len(items))
                raise StopIteration from None
        if not items:
            raise StopIteration
        return tuple(items)

    def _check_lengths(self, ended):
        earlier = "argument 1" if ended == 1 else f"arguments 1-{ended}"
        if ended:
            raise ValueError(f"zip() argument {ended + 1} is shorter than {earlier}")
        for position in range(1, len(self._iterators)):
            for _ in self._iterators[position]:
                earlier = "argument 1" if position == 1 else f"arguments 1-{position}"
                raise ValueError(f"zip() argument {position + 1} is longer than {earlier}")


class map:
    __slots__ = ('_function', '_iterators')

    def __init__(self, function, *iterables):
        if not iterables:
            raise TypeError("map() must have at least two arguments.")
        self._function = function
        self._iterators = [iter(iterable) for iterable in iterables]

    def __iter__(self):
        return self

    def __next__(self):
        return self._function(*[next(iterator) for iterator in self._iterators])


class filter:
    __slots__ = ('_function', '_iterator')

    def __init__(self, function, iterable):
        self._function = function
        self._iterator = iter(iterable)

    def __iter__(self):
        return self

    def __next__(self):
        function = self._function
        while True:
            item = next(self._iterator)
            if function is None or function is bool:
                if item:
                    return item
            elif function(item):
                return item


class reversed:
    __slots__ = ('_sequence', '_index')

    def __new__(cls, sequence):
        method = _special(sequence, '__reversed__')
        if method is not _missing:
            if method is None:
                raise TypeError(f"'{type(sequence).__name__}' object is not reversible")
            return method()
        if isinstance(sequence, dict):
            if _version < (3, 8):
                raise TypeError(f"'{type(sequence).__name__}' object is not reversible")
            sequence = list(sequence)
        elif not _is_sequence(sequence):
            raise TypeError(f"'{type(sequence).__name__}' object is not reversible")
        self = object.__new__(cls)
        self._sequence = sequence
        self._index = len(sequence)
        return self

    def __iter__(self):
        return self

    def __next__(self):
        if self._index <= 0:
            raise StopIteration
        self._index -= 1
        try:
            return self._sequence[self._index]
        except IndexError:
            self._index = 0
            raise StopIteration from None

    def __length_hint__(self):
        return self._index


def _is_sequence(x):
    if isinstance(x, (list, tuple, str, bytes, bytearray, range)):
        return True
    if isinstance(x, (dict, set, frozenset)):
        return False
    return _special(x, '__getitem__') is not _missing and _special(x, '__len__') is not _missing


class bytearray:
    """The parts of it that small programs use."""

    __slots__ = ('_bytes',)
    __hash__ = None

    def __init__(self, source=b'', encoding=None, errors='strict'):
        if isinstance(source, str):
            if encoding is None:
                raise TypeError("string argument without an encoding")
            source = source.encode(encoding, errors)
        self._bytes = list(source._bytes) if isinstance(source, bytearray) else list(bytes(source))

    def __bytes__(self):
        return bytes(self._bytes)

    def __repr__(self):
        return f'bytearray({bytes(self._bytes)!r})'

    def __len__(self):
        return len(self._bytes)

    def __iter__(self):
        return iter(self._bytes)

    def __contains__(self, item):
        return item in (self._bytes if isinstance(item, int) else bytes(self._bytes))

    def __getitem__(self, key):
        return bytearray(self._bytes[key]) if isinstance(key, slice) else self._bytes[key]

    def __setitem__(self, key, value):
        if isinstance(key, slice):
            self._bytes[key] = list(bytes(value))
        else:
            self._bytes[key] = _byte(value)

    def __delitem__(self, key):
        del self._bytes[key]

    def __eq__(self, other):
        if isinstance(other, (bytes, bytearray)):
            return bytes(self._bytes) == bytes(other)
        return NotImplemented

    def __lt__(self, other):
        return bytes(self._bytes) < bytes(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __add__(self, other):
        return bytearray(self._bytes + list(bytes(other)))

    def __iadd__(self, other):
        self._bytes += list(bytes(other))
        return self

    def __mul__(self, count):
        return bytearray(self._bytes * count)

    def append(self, item, /):
        self._bytes.append(_byte(item))

    def extend(self, items, /):
        self._bytes.extend([_byte(item) for item in items])

    def insert(self, index, item, /):
        self._bytes.insert(index, _byte(item))

    def pop(self, index=-1, /):
        if not self._bytes:
            raise IndexError("pop from empty bytearray")
        return self._bytes.pop(index)

    def remove(self, value, /):
        if value not in self._bytes:
            raise ValueError("value not found in bytearray")
        self._bytes.remove(value)

    def reverse(self):
        self._bytes.reverse()

    def clear(self):
        self._bytes.clear()

    def copy(self):
        return bytearray(self._bytes)

    def decode(self, encoding='utf-8', errors='strict'):
        return bytes(self._bytes).decode(encoding, errors)

    def hex(self):
        return bytes(self._bytes).hex()

    def find(self, *arguments):
        return bytes(self._bytes).find(*arguments)

    def startswith(self, *arguments):
        return bytes(self._bytes).startswith(*arguments)

    def endswith(self, *arguments):
        return bytes(self._bytes).endswith(*arguments)

    def split(self, *arguments):
        return [bytearray(part) for part in bytes(self._bytes).split(*arguments)]


def _byte(item):
    if not isinstance(item, int):
        raise TypeError(f"'{type(item).__name__}' object cannot be interpreted as an integer")
    if not 0 <= item < 256:
        raise ValueError("byte must be in range(0, 256)")
    return item


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


# --- text of objects


def _slow_repr(x):
    method = _special(x, '__repr__')
    if method is not _missing:
        text = method()
        if not isinstance(text, str):
            raise TypeError(f"__repr__ returned non-string (type {type(text).__name__})")
        return text
    if not isinstance(x, (list, tuple, dict, set, frozenset, BaseException)):
        return _lockweave.plain_repr(x)
    opened = _lockweave.thread_dict().setdefault('repr', [])
    for other in opened:
        if other is x:
            return _closed_repr(x)
    opened.append(x)
    try:
        return _container_repr(x)
    finally:
        opened.pop()


def _closed_repr(x):
    if isinstance(x, list):
        return '[...]'
    if isinstance(x, tuple):
        return '(...)'
    if isinstance(x, dict):
        return '{...}'
    return f'{type(x).__name__}(...)'


def _container_repr(x):
    if isinstance(x, list):
        return '[' + ', '.join([repr(item) for item in x]) + ']'
    if isinstance(x, tuple):
        if len(x) == 1:
            return '(' + repr(x[0]) + ',)'
        return '(' + ', '.join([repr(item) for item in x]) + ')'
    if isinstance(x, dict):
        return '{' + ', '.join([repr(key) + ': ' + repr(value) for key, value in list(x.items())]) + '}'
    if isinstance(x, BaseException):
        if len(x.args) == 1:
            comma = ',' if _version < (3, 7) else ''
            return f'{type(x).__name__}({x.args[0]!r}{comma})'
        return f'{type(x).__name__}{x.args!r}'
    if not x:
        return f'{type(x).__name__}()'
    inside = '{' + ', '.join([repr(item) for item in list(x)]) + '}'
    return inside if type(x) is set else f'{type(x).__name__}({inside})'


def _slow_str(x):
    method = _special(x, '__str__')
    if method is not _missing:
        text = method()
        if not isinstance(text, str):
            raise TypeError(f"__str__ returned non-string (type {type(text).__name__})")
        return text
    if isinstance(x, str):
        return _lockweave.plain_str(x)
    if isinstance(x, BaseException) and not isinstance(x, (ImportError, SyntaxError, OSError)):
        return _exception_text(x)
    if isinstance(x, ImportError) and isinstance(x.msg, str):
        return x.msg
    method = _special(x, '__repr__')
    if method is _missing:
        return repr(x)
    if _version < (3, 8) and isinstance(x, (int, float)):  # int.__str__ is there, and does not ask __repr__
        return _lockweave.plain_repr(x)
    text = method()
    if not isinstance(text, str):  # 3.12, Objects/object.c, PyObject_Str: it is str() that complains
        raise TypeError(f"__str__ returned non-string (type {type(text).__name__})")
    return text


def _exception_text(x):
    if not x.args:
        return ''
    if len(x.args) > 1:
        return repr(x.args)
    return repr(x.args[0]) if isinstance(x, KeyError) else str(x.args[0])


def _slow_format(x, spec):
    method = _special(x, '__format__')
    if method is not _missing:
        text = method(spec)
        if not isinstance(text, str):
            raise TypeError(f"__format__ must return a str, not {type(text).__name__}")
        return text
    if not isinstance(spec, str):
        raise TypeError(f"format() argument 2 must be str, not {type(spec).__name__}")
    if spec == '':
        return str(x)
    return _lockweave.plain_format(x, spec)


def _slow_print(arguments, sep=None, end=None, file=None):
    """One write of the whole line on the machine's own output; piece by piece, as CPython does it, on anything else."""
    for name, value in (('sep', sep), ('end', end)):
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{name} must be None or a string, not {type(value).__name__}")
    sep = ' ' if sep is None else sep
    end = '\n' if end is None else end
    if file is None:
        file = sys.stdout
        if file is None:
            return
    if _lockweave.is_standard_stream(file):
        _lockweave.write(file, sep.join([str(argument) for argument in arguments]) + end)
        return
    first = True
    for argument in arguments:
        if not first:
            file.write(sep)
        first = False
        file.write(str(argument))
    file.write(end)


def _slow_join(separator, iterable):
    items = list(iterable)
    for position, item in enumerate(items):
        if not isinstance(item, str):
            raise TypeError(f"sequence item {position}: expected str instance, {type(item).__name__} found")
    return separator.join([_lockweave.plain_str(item) for item in items])


def _slow_str_format(template, arguments, keywords):
    """str.format."""
    pieces = []
    position = 0
    automatic = [0]  # the next {} ; None once {0} was used
    while position < len(template):
        char = template[position]
        if char in '{}' and template[position:position + 2] == char * 2:
            pieces.append(char)
            position += 2
        elif char == '}':
            raise ValueError("Single '}' encountered in format string")
        elif char == '{':
            close = _closing_brace(template, position + 1)
            pieces.append(_format_field(template[position + 1:close], arguments, keywords, automatic))
            position = close + 1
        else:
            pieces.append(char)
            position += 1
    return ''.join(pieces)


def _closing_brace(template, position):
    if position >= len(template):
        raise ValueError("Single '{' encountered in format string")
    depth = 1
    while position < len(template):
        if template[position] == '{':
            depth += 1
        elif template[position] == '}':
            depth -= 1
            if depth == 0:
                return position
        position += 1
    raise ValueError("expected '}' before end of string")


def _format_field(field, arguments, keywords, automatic):
    name, colon, spec = field.partition(':')
    name, mark, conversion = name.partition('!')
    value = _field_value(name, arguments, keywords, automatic)
    if mark:
        value = _converted(value, conversion)
    if '{' in spec:
        inner = []
        rest = spec
        while '{' in rest:
            before, brace, rest = rest.partition('{')
            inside, brace, rest = rest.partition('}')
            inner.append(before + _format_field(inside, arguments, keywords, automatic))
        spec = ''.join(inner) + rest
    return format(value, spec)


def _converted(value, conversion):
    if conversion == 'r':
        return repr(value)
    if conversion == 's':
        return str(value)
    if conversion == 'a':
        return ascii(value)
    raise ValueError(f"Unknown conversion specifier {conversion}" if conversion
                     else "end of string while looking for conversion specifier")


def _field_value(name, arguments, keywords, automatic):
    end = 0
    while end < len(name) and name[end] not in '.[':
        end += 1
    first, rest = name[:end], name[end:]
    if first == '':
        if automatic[0] is None:
            raise ValueError("cannot switch from manual field specification to automatic field numbering")
        first = str(automatic[0])
        automatic[0] += 1
    elif first.isdigit():
        if automatic[0]:
            raise ValueError("cannot switch from automatic field numbering to manual field specification")
        automatic[0] = None
    if first.isdigit():
        if int(first) >= len(arguments):
            raise IndexError(f"Replacement index {int(first)} out of range for positional args tuple"
                             if _version >= (3, 8) else "tuple index out of range")
        value = arguments[int(first)]
    else:
        value = keywords[first]
    while rest:
        if rest[0] == '.':
            end = 1
            while end < len(rest) and rest[end] not in '.[':
                end += 1
            value = getattr(value, rest[1:end])
            rest = rest[end:]
        else:
            key, bracket, rest = rest[1:].partition(']')
            if not bracket:
                raise ValueError("Missing ']' in format string")
            value = value[int(key) if key.isdigit() else key]
    return value


def _slow_str_percent(template, values):
    """str % values. Each %s, %r, %a is turned into text here; what is left for the machine holds only plain values."""
    mapping = values if not isinstance(values, (tuple, str)) and _special(values, '__getitem__') is not _missing \
        or isinstance(values, dict) else None
    arguments = list(values) if isinstance(values, tuple) else [values]
    used = 0
    pieces = []
    position = 0
    while position < len(template):
        if template[position] != '%':
            pieces.append(template[position])
            position += 1
            continue
        if template[position + 1:position + 2] == '%':
            pieces.append('%')
            position += 2
            continue
        start = position
        position += 1
        key = None
        if template[position:position + 1] == '(':
            close = template.find(')', position)
            if close < 0:
                raise ValueError("incomplete format key")
            key = template[position + 1:close]
            position = close + 1
        flags = position
        taken = []
        while position < len(template) and template[position] in '#0- +.*123456789hlL':
            if template[position] == '*':
                if used >= len(arguments):
                    raise TypeError("not enough arguments for format string")
                taken.append(arguments[used])
                used += 1
            position += 1
        if position >= len(template):
            raise ValueError("incomplete format")
        directive = '%' + template[flags:position]
        conversion = template[position]
        position += 1
        if key is not None:
            if mapping is None:
                raise TypeError("format requires a mapping")
            value = mapping[key]
            used = len(arguments)
        else:
            if used >= len(arguments):
                raise TypeError("not enough arguments for format string")
            value = arguments[used]
            used += 1
        if conversion == 's':
            value = str(value)
        elif conversion == 'r':
            value, conversion = repr(value), 's'
        elif conversion == 'a':
            value, conversion = ascii(value), 's'
        elif conversion in 'diouxX' and _special(value, '__index__') is not _missing:
            value = _slow_index(value)
        elif conversion in 'diu' and _special(value, '__int__') is not _missing:
            value = _slow_int(value)
        elif conversion in 'eEfFgG' and _special(value, '__float__') is not _missing:
            value = _slow_float(value)
        pieces.append((directive + conversion) % tuple(taken + [value]))
    if mapping is None and used < len(arguments):
        raise TypeError("not all arguments converted during string formatting")
    return ''.join(pieces)


# --- comparison

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


# --- arithmetic

def _slow_binary(name, rname, symbol, a, b):
    result = _binary_or_missing(name, rname, symbol, a, b)
    if result is not _missing:
        return result
    if symbol == '**':
        symbol = '** or pow()'
    _refuse_opaque(a, b)
    raise TypeError(f"unsupported operand type(s) for {symbol}: '{type(a).__name__}' and '{type(b).__name__}'")


def _binary_or_missing(name, rname, symbol, a, b):
    type_a = type(a)
    type_b = type(b)
    reflected_done = type_a is type_b
    if not reflected_done and issubclass(type_b, type_a) \
            and _lockweave.lookup_type(type_b, rname) is not _lockweave.lookup_type(type_a, rname):
        reflected_done = True
        method = _special(b, rname)
        if method is not _missing:
            result = method(a)
            if result is not NotImplemented:
                return result
    method = _special(a, name)
    if method is not _missing:
        result = method(b)
        if result is not NotImplemented:
            return result
    if not reflected_done:
        method = _special(b, rname)
        if method is not _missing:
            result = method(a)
            if result is not NotImplemented:
                return result
    if symbol in ('*', '*='):  # a sequence is repeated as often as __index__ says
        if isinstance(a, _SEQUENCES) and _special(b, '__index__') is not _missing:
            b = _slow_index(b)
        elif isinstance(b, _SEQUENCES) and _special(a, '__index__') is not _missing:
            a = _slow_index(a)
    result = _lockweave.plain_binary(symbol, a, b)
    return _missing if result is NotImplemented else result


_SEQUENCES = (list, tuple, str, bytes)


def _slow_inplace(iname, name, rname, symbol, a, b):
    method = _special(a, iname)
    if method is not _missing:
        result = method(b)
        if result is not NotImplemented:
            return result
    return _slow_binary(name, rname, symbol + '=', a, b)


def _slow_unary(name, symbol, a):
    method = _special(a, name)
    if method is not _missing:
        return method()
    result = _lockweave.plain_unary(symbol, a)
    if result is NotImplemented:
        where = 'abs()' if symbol == 'abs' else 'unary ' + symbol
        raise TypeError(f"bad operand type for {where}: '{type(a).__name__}'")
    return result


def _slow_index(x):
    method = _special(x, '__index__')
    if method is _missing:
        if isinstance(x, int):
            return _lockweave.plain_int(x)
        raise TypeError(f"'{type(x).__name__}' object cannot be interpreted as an integer")
    result = method()
    if not isinstance(result, int):
        raise TypeError(f"__index__ returned non-int (type {type(result).__name__})")
    return result


def _slow_in_base(name, x):
    number = _slow_index(x)
    return bin(number) if name == 'bin' else oct(number) if name == 'oct' else hex(number)


def _slow_int(x):
    for name in ('__int__', '__index__', '__trunc__'):
        method = _special(x, name)
        if method is not _missing:
            result = method()
            if not isinstance(result, int):
                raise TypeError(f"{name} returned non-int (type {type(result).__name__})")
            return result
    if isinstance(x, (int, float, str, bytes)):
        return _lockweave.plain_int(x)
    if _version >= (3, 10):
        raise TypeError("int() argument must be a string, a bytes-like object or a real number, "
                        f"not '{type(x).__name__}'")
    raise TypeError(f"int() argument must be a string, a bytes-like object or a number, not '{type(x).__name__}'")


def _slow_float(x):
    method = _special(x, '__float__')
    if method is not _missing:
        result = method()
        if not isinstance(result, float):
            raise TypeError(f"{type(x).__name__}.__float__ returned non-float (type {type(result).__name__})")
        return result
    if _special(x, '__index__') is not _missing:
        return float(_slow_index(x))
    if isinstance(x, (int, float, str)):
        return _lockweave.plain_float(x)
    number = 'real number' if _version >= (3, 10) else 'number'
    raise TypeError(f"float() argument must be a string or a {number}, not '{type(x).__name__}'")


def _slow_round(x, digits=None):
    method = _special(x, '__round__')
    if method is _missing:
        raise TypeError(f"type {type(x).__name__} doesn't define __round__ method")
    return method() if digits is None else method(digits)


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


# --- iteration

def _slow_iter(x):
    method = _special(x, '__iter__')
    if method is None:
        raise TypeError(f"'{type(x).__name__}' object is not iterable")
    if method is not _missing:
        iterator = method()
        if not _lockweave.is_iterator(iterator):
            raise TypeError(f"iter() returned non-iterator of type '{type(iterator).__name__}'")
        return iterator
    if _special(x, '__getitem__') is not _missing:
        return _SequenceIterator(x)
    return _lockweave.plain_iter(x)  # TypeError if it has none


def _slow_iter_sentinel(function, sentinel):
    if not callable(function):
        raise TypeError("iter(object, sentinel): object must be callable" if _version == (3, 12) else "iter(v, w): v must be callable")
    return _CallableIterator(function, sentinel)


def _slow_list(iterable):
    return [item for item in iterable]


def _slow_unpack(iterable, count):
    """count values, or ValueError; asks the iterator for one more than that, as CPython does."""
    iterator = _iter_to_unpack(iterable)
    values = []
    for item in iterator:
        if len(values) == count:
            raise ValueError(f"too many values to unpack (expected {count})")
        values.append(item)
    if len(values) < count:
        raise ValueError(f"not enough values to unpack (expected {count}, got {len(values)})")
    return values


def _slow_unpack_ex(iterable, before, after):
    """Values for `a, *b, c = iterable`: before ones, a list, after ones."""
    values = list(_iter_to_unpack(iterable))
    if len(values) < before + after:
        raise ValueError(f"not enough values to unpack (expected at least {before + after}, got {len(values)})")
    end = len(values) - after
    return values[:before] + [values[before:end]] + values[end:]


def _iter_to_unpack(iterable):
    try:
        return iter(iterable)
    except TypeError:
        if _special(iterable, '__iter__') is _missing and _special(iterable, '__getitem__') is _missing:
            if _version >= (3, 7):
                raise TypeError(f"cannot unpack non-iterable {type(iterable).__name__} object") from None
        raise


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
