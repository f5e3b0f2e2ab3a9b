a, *b, c = range(6)
print(a, b, c)
(d, e), [f, *g] = (1, 2), 'xyz'
print(d, e, f, g)
def gen():
    yield from (1, 2, 3)
x, y, z = gen()
print(x, y, z, [*gen(), *'ab'], {**{'a': 1}, 'b': 2, **{'a': 3}}, (*gen(),), {*gen()} == {1, 2, 3})
def show(*args, k=0, **kw): return args, k, sorted(kw.items())
print(show(*gen(), *[9], k=1, **{'m': 2}, n=3), show(*gen()), show(*{}, **{}), show(*'ab'))
for i, (k, v) in enumerate({'a': (1, 2), 'b': (3, 4)}.values()):
    print(i, k, v)
m = n = [0]
m[0], m = 5, 'new'
print(m, n)
i = 0
l = [10, 20, 30]
i, l[i] = 1, 99
print(i, l)
try:
    a, b = gen()
except ValueError as err:
    print(err)
try:
    a, b, c, d = gen()
except ValueError as err:
    print(err)
try:
    a, b, *c, d, e = [1, 2]
except ValueError as err:
    print(err)
del a, (x, y)
print('a' in globals(), 'x' in globals())
for a, *rest in [(1, 2, 3), 'pq']:
    print(a, rest)
print([(p, q) for p, *q in [(1, 2), (3,)]])
# expect: 0 [1, 2, 3, 4] 5
# expect: 1 2 x ['y', 'z']
# expect: 1 2 3 [1, 2, 3, 'a', 'b'] {'a': 3, 'b': 2} (1, 2, 3) True
# expect: ((1, 2, 3, 9), 1, [('m', 2), ('n', 3)]) ((1, 2, 3), 0, []) ((), 0, []) (('a', 'b'), 0, [])
# expect: 0 1 2
# expect: 1 3 4
# expect: new [5]
# expect: 1 [10, 99, 30]
# expect: too many values to unpack (expected 2)
# expect: not enough values to unpack (expected 4, got 3)
# expect: not enough values to unpack (expected at least 4, got 2)
# expect: False False
# expect: 1 [2, 3]
# expect: p ['q']
# expect: [(1, [2]), (3, [])]
