class V:
    def __init__(self, x, y): self.x, self.y = x, y
    def __repr__(self): return 'V(%r, %r)' % (self.x, self.y)
    def __add__(self, o): return V(self.x + o.x, self.y + o.y)
    def __sub__(self, o): return V(self.x - o.x, self.y - o.y)
    def __mul__(self, k): return V(self.x * k, self.y * k)
    def __rmul__(self, k): return self * k
    def __neg__(self): return V(-self.x, -self.y)
    def __pos__(self): return self
    def __abs__(self): return abs(self.x) + abs(self.y)
    def __bool__(self): return bool(self.x or self.y)
    def __truediv__(self, k): return V(self.x / k, self.y / k)
    def __floordiv__(self, k): return V(self.x // k, self.y // k)
    def __mod__(self, k): return V(self.x % k, self.y % k)
    def __pow__(self, k): return V(self.x ** k, self.y ** k)
    def __matmul__(self, o): return self.x * o.x + self.y * o.y
    def __invert__(self): return V(self.y, self.x)
a, b = V(1, 2), V(3, 5)
print(a + b, b - a, a * 3, 3 * a, -a, +a, abs(V(-3, 4)))
print(a / 2, b // 2, b % 2, a ** 2, a @ b, ~a)
print(bool(V(0, 0)), bool(a), not a)
print('yes' if V(0, 1) else 'no')
# expect: V(4, 7) V(2, 3) V(3, 6) V(3, 6) V(-1, -2) V(1, 2) 7
# expect: V(0.5, 1.0) V(1, 2) V(1, 1) V(1, 4) 13 V(2, 1)
# expect: False True False
# expect: yes
