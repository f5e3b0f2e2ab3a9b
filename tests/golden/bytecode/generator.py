def f(a):
    x = yield
    y = yield x
    z = yield from a
    return (b + z for b in a if b)
