class Memento:
    def __init__(self, **kw): self.__dict__.update(kw)
    def copy(self):
        new = object.__new__(type(self))
        new.__dict__.update(self.__dict__)
        return new
m = Memento(a=1, b=[2])
n = m.copy()
n.a = 10
n.b.append(3)
print(m.a, n.a, m.b, m.b is n.b, sorted(vars(n)))
class Chain:
    def __init__(self): self.ops = []
    def __getattr__(self, name):
        def op(*args):
            self.ops.append((name,) + args)
            return self
        return op
print(Chain().select('x').where('y', 1).limit(5).ops)
class Temp:
    def __init__(self, obj, name, value):
        self.obj, self.name, self.value = obj, name, value
    def __enter__(self):
        self.old = getattr(self.obj, self.name)
        setattr(self.obj, self.name, self.value)
    def __exit__(self, *exc):
        setattr(self.obj, self.name, self.old)
with Temp(m, 'a', 'temporary'):
    print(m.a)
print(m.a)
# expect: 1 10 [2, 3] True ['a', 'b']
# expect: [('select', 'x'), ('where', 'y', 1), ('limit', 5)]
# expect: temporary
# expect: 1
