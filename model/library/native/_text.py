"""Stands in for repr, str, format, print and str.join of what involves classes of the program; in the namespace of `_builtins.py`."""


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
