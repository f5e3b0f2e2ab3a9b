def f(g, *args, **kwargs):
    g()
    g(1, x=2, y=g)
    g.m(1, 2)
    g.m(*args)
    g(1, *args, 2, a=3, **kwargs, b=4, c=5)
    return lambda x, /, y=1, *, z=2: x + y + z
