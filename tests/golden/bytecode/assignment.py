def f(x, y):
    a = b = x
    a, b = b, a
    a, (b, *c) = x
    x.y, x[0] = 1, y
    x += 1
    x.y -= 2
    x[y] *= 3
    z: int = 4
    del x.y, x[0], (a, b)
