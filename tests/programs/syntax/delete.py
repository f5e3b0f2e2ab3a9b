a = b = 1
del a, b
try:
    a
except NameError as error:
    print(error)  # expect: name 'a' is not defined
l = list(range(6))
del l[0], l[-1]
print(l)  # expect: [1, 2, 3, 4]
del l[1:3]
print(l)  # expect: [1, 4]
d = {'x': 1, 'y': 2}
del d['x']
print(d)  # expect: {'y': 2}
class C:
    pass
c = C()
c.v = 1
del c.v
print(hasattr(c, 'v'))  # expect: False
def f():
    local = 1
    del local
    try:
        return local
    except UnboundLocalError as error:
        return type(error).__name__
print(f())  # expect: UnboundLocalError
x, y, z = 1, 2, 3
del (x, [y, z])
print('x' in globals(), 'z' in globals())  # expect: False False
