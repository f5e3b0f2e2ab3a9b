def add_repr(cls):
    def __repr__(self):
        return '%s(%s)' % (cls.__name__, ', '.join('%s=%r' % kv for kv in sorted(vars(self).items())))
    cls.__repr__ = __repr__
    return cls
def register(table, name=None):
    def decorate(cls):
        table[name or cls.__name__] = cls
        return cls
    return decorate
table = {}
@register(table)
@add_repr
class P:
    def __init__(self, x, y): self.x, self.y = x, y
@register(table, name='other')
class Q(P): pass
print(P(1, 2), Q(3, 'a'), sorted(table), table['P'] is P)
def singleton(cls):
    return cls()
@singleton
class config:
    debug = True
    def get(self): return self.debug
print(config.get(), type(config).__name__)
class CountCalls:
    def __init__(self, f): self.f, self.n = f, 0
    def __call__(self, *a): self.n += 1; return self.f(*a)
@CountCalls
def add(a, b): return a + b
print(add(1, 2), add(3, 4), add.n)
# expect: P(x=1, y=2) P(x=3, y='a') ['P', 'other'] True
# expect: True config
# expect: 3 7 2
