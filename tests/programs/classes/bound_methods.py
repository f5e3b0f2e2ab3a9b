class C:
    def __init__(self, n): self.n = n
    def get(self, extra=0): return self.n + extra
c = C(1)
m = c.get
c.n = 10
print(m(), m(5), m.__self__ is c, m.__func__ is C.get, m.__name__)  # expect: 10 15 True True get
print(c.get == c.get, c.get is c.get, c.get == C(10).get)  # expect: True False False
print(C.get(C(7)), list(map(C(3).get, [1, 2])))  # expect: 7 [4, 5]
c.get = lambda: 'instance function, no self'
print(c.get())  # expect: instance function, no self
def late(self, x): return (self.n, x)
C.late = late
print(c.late('x'))  # expect: (10, 'x')
c.callback = m
print(c.callback(2))  # expect: 12
d = {c.late: 1}
print(d[c.late])  # expect: 1
