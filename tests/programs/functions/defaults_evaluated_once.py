def append(item, to=[]):
    to.append(item)
    return to
print(append(1), append(2), append(3, []))  # expect: [1, 2] [1, 2] [3]
print(append.__defaults__)  # expect: ([1, 2],)
n = 1
def f(x=n):
    return x
n = 2
print(f(), f(n))  # expect: 1 2
functions = [lambda i=i: i for i in range(3)]
print([g() for g in functions])  # expect: [0, 1, 2]
late = [lambda: i for i in range(3)]
print([g() for g in late])  # expect: [2, 2, 2]
def k(*, a=1, b=None):
    return a, b
print(k.__kwdefaults__, k())  # expect: {'a': 1, 'b': None} (1, None)
f.__defaults__ = (99,)
print(f())  # expect: 99
