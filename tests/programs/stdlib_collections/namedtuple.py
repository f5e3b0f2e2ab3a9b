from collections import namedtuple
P = namedtuple('P', 'x y')
p = P(1, y=2)
print(p, p.x, p[1], p == (1, 2), P._fields, p._replace(x=5), list(p), len(p), isinstance(p, tuple))
x, y = p
print(x, y, dict(p._asdict()), P._make([7, 8]), {p: 'k'}[1, 2])
class Q(namedtuple('Base', ['a', 'b'])):
    def total(self): return self.a + self.b
print(Q(1, 2).total(), Q(1, 2))
for bad in (lambda: P(1), lambda: setattr(p, 'x', 1)):
    try:
        bad()
    except (TypeError, AttributeError) as e:
        print(type(e).__name__)
# expect: P(x=1, y=2) 1 2 True ('x', 'y') P(x=5, y=2) [1, 2] 2 True
# expect: 1 2 {'x': 1, 'y': 2} P(x=7, y=8) k
# expect: 3 Q(a=1, b=2)
# expect: TypeError
# expect: AttributeError
