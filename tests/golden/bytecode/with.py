def f(a, b):
    with a, b as (c, d):
        c(d)
    with a:
        return b
