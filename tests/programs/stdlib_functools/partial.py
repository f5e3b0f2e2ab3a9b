from functools import partial
def f(a, b, *args, c=0, **kw): return a, b, args, c, kw
p = partial(f, 1, c=5)
print(p(2), p(2, 3, c=6), p(b=9), p.func is f, p.args, p.keywords)
q = partial(p, 2, x=1)
print(q(), q(7, x=2), q.func is f, q.args)
print(partial(int, base=2)('101'), list(map(partial(pow, 2), range(4))), partial(print, 'hello', end='!\n')())
class C:
    def m(self, x): return x
    pm = partial(m, None)
print(C().pm(3), callable(p))
try:
    partial()
except TypeError as e:
    print('TypeError')
p.extra = 1
print(p.extra, partial(lambda: 'none')())
# expect: (1, 2, (), 5, {}) (1, 2, (3,), 6, {}) (1, 9, (), 5, {}) True (1,) {'c': 5}
# expect: (1, 2, (), 5, {'x': 1}) (1, 2, (7,), 5, {'x': 2}) True (1, 2)
# expect: hello!
# expect: 5 [1, 2, 4, 8] None
# expect: 3 True
# expect: TypeError
# expect: 1 none
