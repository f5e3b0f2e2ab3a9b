def f(a, b=2, *args, c=3, **kw):
    return (a, b, args, c, kw)
print(f(1))  # expect: (1, 2, (), 3, {})
print(f(1, 5))  # expect: (1, 5, (), 3, {})
print(f(1, 5, 6, 7))  # expect: (1, 5, (6, 7), 3, {})
print(f(a=1, b=0))  # expect: (1, 0, (), 3, {})
print(f(1, c=9, d=10))  # expect: (1, 2, (), 9, {'d': 10})
def kwonly(*, x, y=1):
    return x - y
print(kwonly(x=5), kwonly(y=2, x=3))  # expect: 4 1
def nothing():
    pass
print(nothing())  # expect: None
print((lambda: None)(), (lambda *a: a)(1, 2), (lambda **k: k)(z=1))  # expect: None (1, 2) {'z': 1}
print((lambda x, y=2: x * y)(3))  # expect: 6
