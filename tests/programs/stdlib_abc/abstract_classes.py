from abc import ABC, abstractmethod, ABCMeta
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
    def describe(self): return '%s of %s' % (self.name, self.area())
class Square(Shape):
    def __init__(self, n): self.n = n
    def area(self): return self.n ** 2
    name = 'square'
class Half(Shape):
    def area(self): return 1
print(Square(3).describe())
for cls in (Shape, Half):
    try:
        cls()
    except TypeError as e:
        print('abstract' in str(e))
print(sorted(Half.__abstractmethods__), isinstance(Square(1), Shape), type(Shape) is ABCMeta)
@Shape.register
class Foreign: pass
print(issubclass(Foreign, Shape), isinstance(Foreign(), Shape), Shape in Foreign.__mro__)
class Sized(ABC):
    @classmethod
    def __subclasshook__(cls, c):
        return True if any('__len__' in vars(k) for k in c.__mro__) else NotImplemented
print(issubclass(list, Sized), issubclass(int, Sized))
# expect: square of 9
# expect: True
# expect: True
# expect: ['name'] True True
# expect: True True False
# expect: True False
