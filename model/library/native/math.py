"""math: what small programs use, on plain numbers."""

import _lockweave

pi = 3.141592653589793
e = 2.718281828459045
tau = 6.283185307179586
inf = float('inf')
nan = float('nan')


def floor(x, /):
    if not isinstance(x, float):
        return x if isinstance(x, int) else x.__floor__()
    whole = int(x)
    return whole - 1 if whole > x else whole


def ceil(x, /):
    if not isinstance(x, float):
        return x if isinstance(x, int) else x.__ceil__()
    whole = int(x)
    return whole + 1 if whole < x else whole


def trunc(x, /):
    return int(x)


def fabs(x, /):
    return float(abs(x))


def _real(x):
    if isinstance(x, (int, float)):
        return float(x)
    method = getattr(type(x), '__float__', None) or getattr(type(x), '__index__', None)
    if method is None:
        raise TypeError(f"must be real number, not {type(x).__name__}")
    return float(x)


def _checked(name, x, *more):
    """CPython's math_1: an argument outside the function's domain, or a result too large."""
    x = _real(x)
    result = _lockweave.mathematics(name, x, *more)
    if result != result and x == x:
        raise ValueError("math domain error")
    if (result == inf or result == -inf) and x - x == 0:
        if name.startswith('log'):
            raise ValueError("math domain error")
        raise OverflowError("math range error")
    return result


def sqrt(x, /):
    return _checked('sqrt', x)


def exp(x, /):
    return _checked('exp', x)


def expm1(x, /):
    return _checked('expm1', x)


def log(x, base=None, /):
    if base is not None:
        return log(x) / log(base)
    return _checked('log', x)


def log2(x, /):
    return _checked('log2', x)


def log10(x, /):
    return _checked('log10', x)


def log1p(x, /):
    return _checked('log1p', x)


def sin(x, /):
    return _checked('sin', x)


def cos(x, /):
    return _checked('cos', x)


def tan(x, /):
    return _checked('tan', x)


def asin(x, /):
    return _checked('asin', x)


def acos(x, /):
    return _checked('acos', x)


def atan(x, /):
    return _checked('atan', x)


def atan2(y, x, /):
    return _lockweave.mathematics('atan2', _real(y), _real(x))


def sinh(x, /):
    return _checked('sinh', x)


def cosh(x, /):
    return _checked('cosh', x)


def tanh(x, /):
    return _checked('tanh', x)


def isqrt(n, /):
    if n < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    if n == 0:
        return 0
    root = 1 << (n.bit_length() + 1) // 2
    while True:
        better = (root + n // root) // 2
        if better >= root:
            return root
        root = better


def pow(x, y, /):
    return float(x) ** float(y)


def gcd(*numbers):
    result = 0
    for number in numbers:
        a, b = result, abs(number)
        while b:
            a, b = b, a % b
        result = a
    return result


def factorial(n, /):
    if n < 0:
        raise ValueError("factorial() not defined for negative values")
    result = 1
    for factor in range(2, n + 1):
        result *= factor
    return result


def isnan(x, /):
    return x != x


def isinf(x, /):
    return x == inf or x == -inf


def isfinite(x, /):
    return x - x == 0


def copysign(x, y, /):
    x = abs(float(x))
    return -x if y < 0 or str(float(y)).startswith('-') else x


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    difference = abs(b - a)
    return difference <= abs(rel_tol * b) or difference <= abs(rel_tol * a) or difference <= abs_tol


def prod(iterable, /, *, start=1):
    result = start
    for item in iterable:
        result *= item
    return result


def comb(n, k, /):
    if k > n:
        return 0
    result = 1
    for i in range(min(k, n - k)):
        result = result * (n - i) // (i + 1)
    return result


def radians(x, /):
    return float(x) * (pi / 180.0)


def degrees(x, /):
    return float(x) * (180.0 / pi)


def hypot(*coordinates):
    return sqrt(sum([float(x) * float(x) for x in coordinates]))
