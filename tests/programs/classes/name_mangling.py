class A:
    __secret = 'A'
    def __init__(self):
        self.__x = 1
        self.__dunder__ = 2
        self._single = 3
    def get(self):
        return self.__x, self.__secret
    def __private(self):
        return 'private A'
    def call(self):
        return self.__private()
class B(A):
    __secret = 'B'
    def __init__(self):
        super().__init__()
        self.__x = 'B x'
    def both(self):
        return self.__x, self._A__x, self.__secret
    def __private(self):
        return 'private B'
b = B()
print(b.get(), b.both(), b.call())  # expect: (1, 'A') ('B x', 1, 'B') private A
print(sorted(vars(b)))  # expect: ['_A__x', '_B__x', '__dunder__', '_single']
try:
    b.__x
except AttributeError as error:
    print(error)  # expect: 'B' object has no attribute '__x'
class _Under:
    __v = 1
    def f(self, __arg=2):
        __local = 3
        return self.__v + __arg + __local
print(_Under().f(), _Under._Under__v)  # expect: 6 1
