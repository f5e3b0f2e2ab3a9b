import weakref
class O:
    def __init__(self): self.v = 1
    def get(self): return self.v
o = O()
p = weakref.proxy(o)
print(p.v, p.get())  # expect: 1 1
p.v = 2
print(o.v)  # expect: 2
del o
try:
    p.v
except ReferenceError as e:
    print(type(e).__name__)  # expect: ReferenceError
