class P:
    def __init__(self, x, y):
        self.x, self.y = x, y
    def __eq__(self, other):
        if not isinstance(other, P):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)
    def __hash__(self):
        return hash((self.x, self.y))
    def __repr__(self):
        return 'P(%d, %d)' % (self.x, self.y)
a, b = P(1, 2), P(1, 2)
print(a == b, a != b, a is b, a == 5, a != 5, 5 == a)  # expect: True False False False True False
print(len({a, b}), {a: 'v'}[b], b in [a], [a].index(b), (a,) == (b,))  # expect: 1 v True 0 True
class NoHash:
    def __eq__(self, other): return True
try:
    {NoHash()}
except TypeError as error:
    print(error)  # expect: unhashable type: 'NoHash'
print(NoHash() == 1, 1 == NoHash(), NoHash() != 1, NoHash.__hash__)  # expect: True True False None
class Identity: pass
i = Identity()
print(i == i, i == Identity(), {i: 1}[i])  # expect: True False 1
class NotEqual:
    def __ne__(self, other): return 'ne result'
print(NotEqual() != 1, NotEqual() == 1)  # expect: ne result False
