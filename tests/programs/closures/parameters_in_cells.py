def f(a, *args, b=2, **kw):
    def g():
        return a, args, b, kw
    def h():
        nonlocal a, b
        a, b = b, a
    h()
    return g()
print(f(1), f(1, 5, b=3, c=4))  # expect: (2, (), 1, {}) (3, (5,), 1, {'c': 4})
def outer(self_ref):
    def inner(n):
        return self_ref if n == 0 else inner(n - 1)
    return inner(3)
print(outer('deep'))  # expect: deep
def gen(values):
    def key(x):
        return weights[x]
    weights = {v: -i for i, v in enumerate(values)}
    return sorted(values, key=key)
print(gen('abc'))  # expect: ['c', 'b', 'a']
