log = []
class A:
    def run(self): log.append('A')
class B(A):
    def run(self):
        log.append('B'); super().run()
class C(A):
    def run(self):
        log.append('C'); super().run()
class D(B, C):
    def run(self):
        log.append('D'); super().run()
D().run()
print(log, [c.__name__ for c in D.__mro__])  # expect: ['D', 'B', 'C', 'A'] ['D', 'B', 'C', 'A', 'object']
class Root:
    def __init__(self, **kw): self.rest = kw
class X(Root):
    def __init__(self, x, **kw):
        super().__init__(**kw); self.x = x
class Y(Root):
    def __init__(self, y, **kw):
        super().__init__(**kw); self.y = y
class XY(X, Y): pass
v = XY(x=1, y=2, z=3)
print(v.x, v.y, v.rest)  # expect: 1 2 {'z': 3}
try:
    class Bad(A, D): pass
except TypeError as error:
    print('MRO' in str(error) or 'method resolution order' in str(error))  # expect: True
