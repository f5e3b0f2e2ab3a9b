class M:
    def __enter__(self): return 'from class'
    def __exit__(self, *a): print('exit from class')
m = M()
m.__enter__ = lambda: 'from instance'
with m as v:
    print(v)
class L:
    def __len__(self): return 1
l = L()
l.__len__ = lambda: 99
print(len(l))
class A: pass
a = A()
a.__call__ = lambda: 'x'
try:
    a()
except TypeError as e:
    print(e)
A.__call__ = lambda self: 'set on class'
print(a())
class It: pass
i = It()
i.__iter__ = lambda: iter([1])
try:
    list(i)
except TypeError as e:
    print(e)
It.__iter__ = lambda self: iter([2])
print(list(i))
# expect: from class
# expect: exit from class
# expect: 1
# expect: 'A' object is not callable
# expect: set on class
# expect: 'It' object is not iterable
# expect: [2]
