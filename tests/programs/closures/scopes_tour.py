x = 'global'
def outer():
    x = 'outer'
    def inner():
        nonlocal x
        x = 'changed'
        def innermost():
            global x
            x = 'new global'
            return x
        return innermost()
    r = inner()
    return x, r
print(outer(), x)
fs = [lambda: i for i in range(3)]
print([f() for f in fs], [(lambda i=i: i)() for i in range(3)])
def make():
    total = 0
    def add(n):
        nonlocal total
        total += n
        return total
    def get(): return total
    return add, get
add, get = make()
add(1); add(5); print(get(), add.__closure__ is not None, add.__code__.co_freevars)
def unbound():
    print(y)
    y = 1
try: unbound()
except UnboundLocalError as e: print(type(e).__name__, e)
def later():
    def use(): return v
    try: use()
    except NameError as e: print(type(e).__name__, e)
    v = 1
    return use()
print(later())
class A:
    x = 1
    y = [x for _ in range(2)]
    def f(self): return x
print(A.y, A().f())
def f(a, l=[]):
    l.append(a); return l
print(f(1), f(2), f(3, []), f.__defaults__)
def g(*, k, o=2): return k, o
print(g(k=1), g.__kwdefaults__)
try: g(1)
except TypeError as e: print(e)
try: g()
except TypeError as e: print(e)
def h(a, b, *args, c=3, **kw): return a, b, args, c, kw
print(h(1, 2), h(1, 2, 3, 4, c=5, d=6), h(b=1, a=2), h(*[1, 2], **{'z': 1}))
for bad in (lambda: h(), lambda: h(1), lambda: h(1, 2, a=3), lambda: (lambda: 0)(1), lambda: f(b=1), lambda: make(1, 2)):
    try: bad()
    except TypeError as e: print(e)
print((lambda a, *b, c=1, **d: (a, b, c, d))(1, 2, c=3, e=4), 1 < 2 < 3 > 2 != 5, 1 < 3 < 2, not 1 == 2)
def rec(n): return 1 if n == 0 else n * rec(n - 1)
print(rec(20), rec.__name__, (lambda: 0).__name__, make.__qualname__, add.__qualname__)
def deep(n): return deep(n + 1)
try: deep(0)
except RecursionError as e: print(str(e)[:32])
# expect: ('changed', 'new global') new global
# expect: [2, 2, 2] [0, 1, 2]
# expect: 6 True ('total',)
# expect[-3.10]: UnboundLocalError local variable 'y' referenced before assignment
# expect[3.11+]: UnboundLocalError cannot access local variable 'y' where it is not associated with a value
# expect[-3.10]: NameError free variable 'v' referenced before assignment in enclosing scope
# expect[3.11+]: NameError cannot access free variable 'v' where it is not associated with a value in enclosing scope
# expect: 1
# expect: ['new global', 'new global'] new global
# expect: [1, 2] [1, 2] [3] ([1, 2],)
# expect: (1, 2) {'o': 2}
# expect: g() takes 0 positional arguments but 1 was given
# expect: g() missing 1 required keyword-only argument: 'k'
# expect: (1, 2, (), 3, {}) (1, 2, (3, 4), 5, {'d': 6}) (2, 1, (), 3, {}) (1, 2, (), 3, {'z': 1})
# expect: h() missing 2 required positional arguments: 'a' and 'b'
# expect: h() missing 1 required positional argument: 'b'
# expect: h() got multiple values for argument 'a'
# expect[-3.9]: <lambda>() takes 0 positional arguments but 1 was given
# expect[3.10+]: <lambda>.<locals>.<lambda>() takes 0 positional arguments but 1 was given
# expect: f() got an unexpected keyword argument 'b'
# expect: make() takes 0 positional arguments but 2 were given
# expect: (1, (2,), 3, {'e': 4}) True False True
# expect: 2432902008176640000 rec <lambda> make make.<locals>.add
# expect: maximum recursion depth exceeded
