import weakref
class O: pass
def alive(r): return r() is not None
o = O()
r = weakref.ref(o)
l = [o, o]
del o
print(alive(r))
l.pop()
print(alive(r))
l.pop()
print(alive(r))
def f(x, *args, **kw):
    return weakref.ref(x), alive(weakref.ref(x))
ref, inside = f(O())
print(inside, alive(ref))
a = O(); r = weakref.ref(a)
a, b = 1, a
print(alive(r)); b = None; print(alive(r))
def gen():
    x = O()
    yield weakref.ref(x)
    x = None
    yield 'dropped'
g = gen(); r = next(g); print(alive(r)); next(g); print(alive(r))
r = weakref.ref((lambda: 0))
print(alive(r))
# expect: True
# expect: True
# expect: False
# expect: True False
# expect: True
# expect: False
# expect: True
# expect: False
# expect: False
