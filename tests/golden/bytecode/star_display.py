def f(a, b):
    return [*a, 1, *b], (0, *a), {*a, b}, {**a, **b}
