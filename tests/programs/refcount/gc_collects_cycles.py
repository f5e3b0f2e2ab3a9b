import gc, weakref
class D:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
gc.disable()
d = D('in a cycle')
d.me = d
r = weakref.ref(d)
del d
print('unreachable, but there:', r() is not None)
gc.collect()
print(r())
a, b = D('pair'), D('pair')
a.other, b.other = b, a
ref = weakref.ref(a, lambda ref: print('callback'))
del a, b
gc.collect()
print('collected', ref())
gc.enable()
# expect: unreachable, but there: True
# expect: del in a cycle
# expect: None
# expect: callback
# expect: del pair
# expect: del pair
# expect: collected None
