class A:
    def f(self): return 'A.f'
    @classmethod
    def c(cls): return 'A.c ' + cls.__name__
    @staticmethod
    def s(): return 'A.s'
    value = 'A.value'
class B(A):
    value = 'B.value'
    def f(self): return 'B>' + super(B, self).f()
    @classmethod
    def c(cls): return 'B>' + super().c()
    def s2(self): return super().s()
    def v(self): return super().value
    def inner(self):
        return [super(B, self).f() for _ in range(2)]
class E(B):
    def f(self): return 'E>' + B.f(self)
print(B().f(), B.c(), B().s2(), B().v(), B().inner())  # expect: B>A.f B>A.c B A.s A.value ['A.f', 'A.f']
print(E().f(), E.c())  # expect: E>B>A.f B>A.c E
try:
    super(B, B()).missing
except AttributeError as error:
    print(error)  # expect: 'super' object has no attribute 'missing'
print(super(E, E()).f())  # expect: B>A.f
