def f(*args, **kwargs):
    return args, kwargs
print(f(*[1, 2], 3, *(4,), *'ab'))  # expect: ((1, 2, 3, 4, 'a', 'b'), {})
print(f(**{'a': 1}, b=2, **{'c': 3}))  # expect: ((), {'a': 1, 'b': 2, 'c': 3})
print(f(1, *[2], x=3, **{'y': 4}))  # expect: ((1, 2), {'x': 3, 'y': 4})
def g(a, b=2, *args, c, d=4, **kwargs):
    return a, b, args, c, d, kwargs
print(g(1, c=3))  # expect: (1, 2, (), 3, 4, {})
print(g(1, 5, 6, 7, c=8, e=9))  # expect: (1, 5, (6, 7), 8, 4, {'e': 9})
print(g(*range(3), **{'c': 'C', 'z': 'Z'}))  # expect: (0, 1, (2,), 'C', 4, {'z': 'Z'})
try:
    f(a=1, **{'a': 2})
except TypeError as error:
    print('multiple values' in str(error))  # expect: True
try:
    f(**{1: 2})
except TypeError as error:
    print('keywords must be strings' in str(error))  # expect: True
try:
    f(*5)
except TypeError as error:
    print('TypeError')  # expect: TypeError
