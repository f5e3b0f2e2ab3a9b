# requires: 3.7
from dataclasses import dataclass, field
@dataclass
class Point:
    x: int
    y: int = 0
    tags: list = field(default_factory=list)
    def norm(self): return self.x ** 2 + self.y ** 2
p, q = Point(1), Point(1, 0)
print(p, p == q, p is q, p.norm(), p.tags is q.tags, Point(x=2, y=3))
p.tags.append('t')
print(p == q, q.tags)
@dataclass(order=True)
class V:
    major: int
    minor: int = 0
print(sorted([V(2), V(1, 5), V(1)]), V(1) < V(1, 1), max(V(1), V(3)))
@dataclass(frozen=True)
class F:
    a: int
try:
    F(1).a = 2
except AttributeError as e:
    print(type(e).__name__)
print(hash(F(1)) == hash(F(1)), {F(1): 'k'}[F(1)])
@dataclass
class Sub(Point):
    z: int = 9
    def __post_init__(self): self.sum = self.x + self.y + self.z
print(Sub(1, 2), Sub(1, 2).sum)
try:
    Point()
except TypeError as e:
    print('missing' in str(e))
# expect: Point(x=1, y=0, tags=[]) True False 1 False Point(x=2, y=3, tags=[])
# expect: False []
# expect: [V(major=1, minor=0), V(major=1, minor=5), V(major=2, minor=0)] True V(major=3, minor=0)
# expect: FrozenInstanceError
# expect: True k
# expect: Sub(x=1, y=2, tags=[], z=9) 12
# expect: True
