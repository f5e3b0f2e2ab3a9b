def f(x, i):
    return x[:], x[i:], x[:-1:2], x[i, 1:2], 'abc'[1], (1, 2)[-1]
