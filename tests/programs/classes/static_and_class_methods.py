class Counter:
    total = 0
    def __init__(self):
        type(self).total += 1
    @classmethod
    def create(cls, n):
        return [cls() for _ in range(n)]
    @staticmethod
    def add(a, b):
        return a + b
class Sub(Counter):
    total = 100
Counter.create(3)
Sub.create(2)
print(Counter.total, Sub.total)
print(Counter.add(1, 2), Counter().add(3, 4), Sub.add('a', 'b'))
bound = Sub.create
print(bound.__self__ is Sub, bound.__func__ is Counter.__dict__['create'].__func__)
print(type(Counter.__dict__['add']).__name__, type(Counter.__dict__['create']).__name__)
class M:
    def f(self): return 'f'
    g = classmethod(lambda cls: cls.__name__)
    h = staticmethod(len)
print(M.g(), M.h([1, 2]), M().h('abc'))
# expect: 3 102
# expect: 3 7 ab
# expect: True True
# expect: staticmethod classmethod
# expect: M 2 3
