"""Stands in for operators, and for the numbers int(), float() and round() make, of the program's classes; in the namespace of `_builtins.py`."""


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
