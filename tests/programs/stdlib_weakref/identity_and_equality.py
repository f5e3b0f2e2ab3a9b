import weakref
class O:
    def __init__(self, v): self.v = v
    def __eq__(self, other): return isinstance(other, O) and self.v == other.v
    def __hash__(self): return hash(self.v)
a, b = O(1), O(1)
ra, rb = weakref.ref(a), weakref.ref(b)
print(ra is weakref.ref(a), ra is rb, ra == rb, hash(ra) == hash(a))
cb = weakref.ref(a, print)
print(cb is ra, cb == ra, weakref.getweakrefcount(a))
del cb
d = {ra: 'table'}
print(d[rb])
del a
print(ra() is None, ra == rb, ra == ra)
for bad in (lambda: weakref.ref(5), lambda: weakref.ref('s'), lambda: weakref.ref([])):
    try:
        bad()
    except TypeError as e:
        print(e)
class S:
    __slots__ = ()
try:
    weakref.ref(S())
except TypeError as e:
    print(e)
def f(): pass
print(weakref.ref(f)() is f, weakref.ref(O)() is O)
# expect: True False True True
# expect: False True 2
# expect: table
# expect: True False True
# expect: cannot create weak reference to 'int' object
# expect: cannot create weak reference to 'str' object
# expect: cannot create weak reference to 'list' object
# expect: cannot create weak reference to 'S' object
# expect: True True
