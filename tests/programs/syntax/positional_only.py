# requires: 3.8
def f(a, b, /, c, *, d):
    return a, b, c, d
print(f(1, 2, 3, d=4), f(1, 2, c=3, d=4))
for call in (lambda: f(a=1, b=2, c=3, d=4), lambda: f(1, 2, 3, 4)):
    try:
        call()
    except TypeError as error:
        print('TypeError')
def g(name, /, **rest):
    return name, rest
print(g('n', name='keyword', x=1))
def h(a, b=2, /):
    return a + b
print(h(1), h(1, 5))
print((lambda x, /, y: x - y)(5, y=3))
# expect: (1, 2, 3, 4) (1, 2, 3, 4)
# expect: TypeError
# expect: TypeError
# expect: ('n', {'name': 'keyword', 'x': 1})
# expect: 3 6
# expect: 2
