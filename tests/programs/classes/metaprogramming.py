import functools, operator, string, copy, enum, abc, typing, collections.abc
@functools.singledispatch
def show(x): return 'object'
@show.register(int)
def _(x): return 'int'
@show.register(list)
def _(x): return 'list'
print(show(1), show([]), show('s'), show(True))
print(operator.add(1, 2), operator.itemgetter(1)([5, 6]), operator.attrgetter('real')(3), operator.methodcaller('upper')('x'), sorted([(2, 'a'), (1, 'b')], key=operator.itemgetter(1)))
class Color(enum.Enum):
    RED = 1
    BLUE = enum.auto()
print(Color.RED, Color(1), Color['BLUE'], list(Color), Color.RED.name, Color.BLUE.value, Color.RED is Color(1), Color.RED == 1, len(Color), isinstance(Color.RED, Color), {Color.RED: 'r'}[Color.RED])
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @property
    @abc.abstractmethod
    def name(self): ...
class Sq(Shape):
    def __init__(self, s): self.s = s
    def area(self): return self.s ** 2
    @property
    def name(self): return 'sq'
try: Shape()
except TypeError as e: print(str(e)[:36])
print(Sq(3).area(), Sq(2).name, isinstance(Sq(1), Shape), Shape.__abstractmethods__ == {'area', 'name'}, Shape.__subclasses__())
class Part(Shape):
    def area(self): return 0
try: Part()
except TypeError as e: print('abstract' in str(e))
print(isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance(iter([]), collections.abc.Iterator), issubclass(int, collections.abc.Hashable), isinstance(len, collections.abc.Callable), isinstance((i for i in []), collections.abc.Generator))
class M(collections.abc.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
m = M(); m['a'] = 1; m.update(b=2); print(dict(m), m.get('z', 9), m.pop('a'), 'b' in m, list(m.items()), m == {'b': 2}, m.setdefault('c', 3))
class Desc:
    def __set_name__(self, owner, name): self.name = '_' + name
    def __get__(self, obj, cls=None): return self if obj is None else getattr(obj, self.name, 'unset')
    def __set__(self, obj, v):
        if v < 0: raise ValueError('negative')
        setattr(obj, self.name, v)
class T:
    x = Desc()
    def __getattr__(self, n):
        if n.startswith('dyn'): return n.upper()
        raise AttributeError(n)
    def __setattr__(self, n, v): log.append(n); object.__setattr__(self, n, v)
log = []; t = T(); print(t.x, t.dyn_a, isinstance(T.x, Desc)); t.x = 5; print(t.x, log, hasattr(t, 'nope'), vars(t))
try: t.x = -1
except ValueError as e: print(e)
class Reg:
    subs = {}
    def __init_subclass__(cls, key=None, **kw): super().__init_subclass__(**kw); Reg.subs[key or cls.__name__] = cls
class A(Reg): pass
class B(Reg, key='bee'): pass
print(sorted(Reg.subs), A.__bases__, B.__mro__[1] is Reg)
class New:
    made = []
    def __new__(cls, *a): o = super().__new__(cls); cls.made.append(a); return o
    def __init__(self, *a): self.a = a
    def __del__(self): print('del', self.a)
n = New(1); n = New(2); del n; print(New.made)
class Int(int):
    def __add__(self, o): return Int(int(self) + o)
    def __repr__(self): return f'Int({int(self)})'
class Str(str):
    def shout(self): return self.upper() + '!'
class Lst(list):
    def __getitem__(self, i): return ('item', super().__getitem__(i))
    @property
    def first(self): return self[0]
class Dct(dict):
    def __missing__(self, k): return 'missing ' + k
print(Int(3) + 4, Int(2) * 2, Str('a').shout(), Str('b') + 'c', Lst([1, 2]).first, len(Lst([1])), Dct(a=1)['a'], Dct()['zz'], Lst([3]) == [3], isinstance(Str('q'), str), {Str('k'): 1}['k'], sorted([Int(2), Int(1)]))
# expect: int list object int
# expect: 3 6 3 X [(2, 'a'), (1, 'b')]
# expect: Color.RED Color.RED Color.BLUE [<Color.RED: 1>, <Color.BLUE: 2>] RED 2 True False 2 True r
# expect: Can't instantiate abstract class Sha
# expect: 9 sq True True [<class '__main__.Sq'>]
# expect: True
# expect: True True True True True True
# expect: {'a': 1, 'b': 2} 9 1 True [('b', 2)] True 3
# expect: unset DYN_A True
# expect: 5 ['x', '_x'] False {'_x': 5}
# expect: negative
# expect: ['A', 'bee'] (<class '__main__.Reg'>,) True
# expect: del (1,)
# expect: del (2,)
# expect: [(1,), (2,)]
# expect[-3.7]: 7 4 A! bc ('item', 1) 1 1 missing zz True True 1 [Int(1), Int(2)]
# expect[3.8+]: Int(7) 4 A! bc ('item', 1) 1 1 missing zz True True 1 [Int(1), Int(2)]
