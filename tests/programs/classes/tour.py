class Animal:
    count = 0
    def __init__(self, name, *, legs=4):
        self._name = name
        self.legs = legs
        Animal.count += 1
    @property
    def name(self):
        "The name."
        return self._name
    @name.setter
    def name(self, value):
        if not value: raise ValueError('empty name')
        self._name = value
    @name.deleter
    def name(self): self._name = None
    @classmethod
    def make(cls, *args, **kw): return cls(*args, **kw)
    @staticmethod
    def sound(): return '...'
    def speak(self): return f'{self.name} says {self.sound()}'
    def __repr__(self): return f'{type(self).__name__}({self._name!r})'
    def __eq__(self, other): return isinstance(other, Animal) and self._name == other._name
    def __hash__(self): return hash(self._name)
    def __lt__(self, other): return self._name < other._name
class Dog(Animal):
    @staticmethod
    def sound(): return 'woof'
    def speak(self): return super().speak().upper()
class Mixin:
    def speak(self): return 'mixin ' + super().speak()
class Puppy(Mixin, Dog): pass
a, d, p = Animal('a'), Dog.make('rex', legs=3), Puppy('pup')
print(a, d, p, a.speak(), d.speak(), p.speak(), Animal.count, d.legs)
d.name = 'max'
print(d.name, Animal.name.__doc__, isinstance(p, (int, Animal)), issubclass(Puppy, Mixin), [c.__name__ for c in Puppy.__mro__])
for f in (lambda: setattr(d, 'name', ''), lambda: d.nope, lambda: Dog(), lambda: Dog('x', 'y'), lambda: Dog('x', wings=2), lambda: a < 3):
    try:
        f()
    except Exception as e:
        print(type(e).__name__, e)
del d.name
print(d, sorted([Animal('z'), Animal('b')]), a == Animal('a'), a != Animal('b'), len({Animal('a'), a}), vars(a), hasattr(a, 'x'), getattr(a, 'x', 'dflt'))
class RO:
    @property
    def x(self): return 1
try:
    RO().x = 2
except AttributeError as e:
    print('read only')
class Counter:
    def __init__(self): self.n = 0
    def __call__(self, by=1): self.n += by; return self.n
    def __len__(self): return self.n
    def __bool__(self): return self.n > 1
    def __contains__(self, x): return x == self.n
    def __iter__(self): return iter(range(self.n))
    def __getitem__(self, i): return i * 10
    def __enter__(self): return self
    def __exit__(self, *a): return False
    def __add__(self, o): return self.n + o
    __radd__ = __add__
    def __iadd__(self, o): self.n += o; return self
    def __neg__(self): return -self.n
    def __index__(self): return self.n
c = Counter()
print(c(), c(2), len(c), bool(c), 3 in c, list(c), c[4], c + 1, 1 + c, -c, [10, 11, 12, 13][c], hex(c), range(c))
c += 5
with c as cc: print(cc.n, cc is c)
print(Counter.__name__, Counter.__module__, c.__class__ is Counter, type(c).__call__(c), Counter.__doc__, callable(c), Counter.__init__.__qualname__)
# expect: Animal('a') Dog('rex') Puppy('pup') a says ... REX SAYS WOOF mixin PUP SAYS WOOF 3 3
# expect: max The name. True True ['Puppy', 'Mixin', 'Dog', 'Animal', 'object']
# expect: ValueError empty name
# expect: AttributeError 'Dog' object has no attribute 'nope'
# expect[-3.9]: TypeError __init__() missing 1 required positional argument: 'name'
# expect[3.10+]: TypeError Animal.__init__() missing 1 required positional argument: 'name'
# expect[-3.9]: TypeError __init__() takes 2 positional arguments but 3 were given
# expect[3.10+]: TypeError Animal.__init__() takes 2 positional arguments but 3 were given
# expect[-3.9]: TypeError __init__() got an unexpected keyword argument 'wings'
# expect[3.10+]: TypeError Animal.__init__() got an unexpected keyword argument 'wings'
# expect: AttributeError 'int' object has no attribute '_name'
# expect: Dog(None) [Animal('b'), Animal('z')] True True 1 {'_name': 'a', 'legs': 4} False dflt
# expect: read only
# expect: 1 3 3 True True [0, 1, 2] 40 4 4 -3 13 0x3 range(0, 3)
# expect: 8 True
# expect: Counter __main__ True 9 None True Counter.__init__
