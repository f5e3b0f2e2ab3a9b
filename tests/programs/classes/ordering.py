class V:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return 'V%d' % self.n
vs = [V(3), V(1), V(2)]
print(sorted(vs), min(vs), max(vs), sorted(vs, reverse=True))
print(V(1) < V(2), V(1) > V(2))
try:
    V(1) <= V(2)
except TypeError as error:
    print(error)
class All:
    def __init__(self, n): self.n = n
    def __lt__(self, o): print('lt'); return self.n < o
    def __le__(self, o): print('le'); return self.n <= o
    def __gt__(self, o): print('gt'); return self.n > o
    def __ge__(self, o): print('ge'); return self.n >= o
print(All(1) < 2, 2 < All(1), All(2) >= 2, 3 >= All(1))
class NI:
    def __lt__(self, o): return NotImplemented
    def __gt__(self, o): return 'reflected'
print(NI() < NI(), 1 < NI())
try:
    'a' < 1
except TypeError as error:
    print(error)
vs.sort(key=lambda v: -v.n)
print(vs)
# expect: [V1, V2, V3] V1 V3 [V3, V2, V1]
# expect: True False
# expect: '<=' not supported between instances of 'V' and 'V'
# expect: lt
# expect: gt
# expect: ge
# expect: le
# expect: True False True True
# expect: reflected reflected
# expect: '<' not supported between instances of 'str' and 'int'
# expect: [V3, V2, V1]
