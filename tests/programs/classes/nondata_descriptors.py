class Lazy:
    def __init__(self, f): self.f = f
    def __get__(self, obj, owner):
        if obj is None: return 'on class ' + owner.__name__
        print('computing')
        value = obj.__dict__[self.f.__name__] = self.f(obj)
        return value
class C:
    @Lazy
    def data(self): return [1, 2]
c = C()
print(c.data, c.data, C.data)
del c.data
print(c.data)
class Method:
    def __get__(self, obj, owner): return lambda *a: (obj is not None, a)
class D:
    m = Method()
print(D().m(1), D.m(2))
d = D()
d.m = 'instance wins over non-data'
print(d.m)
class Plain: pass
d2 = D()
d2.x = Method()
print(type(d2.x).__name__)
def f(self): return self
print(f.__get__(5)(), type(f.__get__(5)).__name__)
# expect: computing
# expect: [1, 2] [1, 2] on class C
# expect: computing
# expect: [1, 2]
# expect: (True, (1,)) (False, (2,))
# expect: instance wins over non-data
# expect: Method
# expect: 5 method
