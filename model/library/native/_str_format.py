"""Stands in for str.format and `%` of a str (Objects/stringlib/unicode_format.h, Objects/unicodeobject.c); in the namespace of `_builtins.py`."""


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
