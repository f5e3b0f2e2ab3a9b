def show(f):
    try: f()
    except BaseException as e: print(type(e).__name__, '|', e, '|')
class C:
    def m(self, a): pass
    @staticmethod
    def s(): pass
    @classmethod
    def c(cls, x, *, k): pass
    x = property(lambda self: 1)
c = C()
show(lambda: c.m()); show(lambda: c.m(1, 2)); show(lambda: C.m()); show(lambda: c.s(1)); show(lambda: C.c()); show(lambda: C.c(1)); show(lambda: C(1)); show(lambda: c()); show(lambda: c.y); show(lambda: C.y)
show(lambda: setattr(c, 'x', 1)); show(lambda: delattr(c, 'zz')); show(lambda: c[0]); show(lambda: c + 1); show(lambda: 1 + c); show(lambda: c < c); show(lambda: len(c)); show(lambda: iter(c)); show(lambda: -c); show(lambda: c in 5); show(lambda: 5 in c)
show(lambda: [1][5]); show(lambda: (1,)[3]); show(lambda: 'a'['b']); show(lambda: [1]['a']); show(lambda: {}['k']); show(lambda: {}[[]]); show(lambda: None()); show(lambda: 5()); show(lambda: None[0]); show(lambda: int('a', 10)); show(lambda: int('9', 8))
show(lambda: open_nothing); show(lambda: range(1.5)); show(lambda: range(0, 1, 0)); show(lambda: 'x'.join([1])); show(lambda: 'abc'.split('')); show(lambda: chr(-1)); show(lambda: ord('ab')); show(lambda: sum('ab')); show(lambda: max()); show(lambda: max([])); show(lambda: sorted([1, 'a'])); show(lambda: zip(5)); show(lambda: list(5)); show(lambda: dict([1])); show(lambda: dict(5)); show(lambda: set([[]])); show(lambda: tuple(1)); show(lambda: float('a')); show(lambda: abs('a')); show(lambda: isinstance(1, 5)); show(lambda: issubclass(1, int)); show(lambda: type(1, 2)); show(lambda: getattr(c, 5)); show(lambda: [].remove(1)); show(lambda: [].index(1)); show(lambda: {1}.remove(2)); show(lambda: next(iter([]))); show(lambda: hash([])); show(lambda: round('a')); show(lambda: divmod(1, 0)); show(lambda: print(sep=1)); show(lambda: '{}'.format()); show(lambda: '{a}'.format()); show(lambda: '%d' % 'x'); show(lambda: '%s %s' % 1); show(lambda: format(1, 'q')); show(lambda: f'{1:q}'); show(lambda: bytes('a')); show(lambda: b'a' + 'b'); show(lambda: 'a'.encode('nope')); show(lambda: b'\xff'.decode())
def gen():
    yield 1
show(lambda: gen()[0]); show(lambda: gen().send(1)); show(lambda: len(gen()))
def kw(a, *, b): pass
show(lambda: kw()); show(lambda: kw(1)); show(lambda: kw(1, c=2)); show(lambda: kw(1, 2)); show(lambda: kw(1, b=1, a=2)); show(lambda: kw(*5)); show(lambda: kw(**5)); show(lambda: kw(**{1: 2})); show(lambda: kw(1, **{'b': 1}, **{'b': 2}))
class Base:
    def f(self): return super().nope
show(lambda: Base().f()); show(lambda: super(C, 5)); show(lambda: object.__new__(5)); show(lambda: object().x); show(lambda: type('A', (int, str), {}))
class N:
    def __len__(self): return -1
    def __bool__(self): return 5
    def __iter__(self): return 5
    def __repr__(self): return 5
    def __hash__(self): return 'x'
    def __index__(self): return 'i'
show(lambda: len(N())); show(lambda: bool(N())); show(lambda: iter(N())); show(lambda: repr(N())); show(lambda: hash(N())); show(lambda: [1][N()])
class E(Exception): pass
def chain():
    try: raise E('first')
    except E as e: raise ValueError('second') from e
show(chain)
def re():
    raise
show(re)
def notexc(): raise 'string'
show(notexc)
def cls(): raise C
show(cls)
def fromx(): raise E from 5
show(fromx)
def exc():
    try: 1 / 0
    except 5: pass
show(exc)
import sys
def imp():
    from os import nothing_there
show(lambda: imp() if False else None)
class Meta(type):
    def __call__(cls, *a): raise E('no instances')
class Single(metaclass=Meta): pass
show(Single)
show(lambda: exec('1/0')); show(lambda: compile('x', 'f', 'bad'))
# expect[-3.9]: TypeError | m() missing 1 required positional argument: 'a' |
# expect[3.10+]: TypeError | C.m() missing 1 required positional argument: 'a' |
# expect[-3.9]: TypeError | m() takes 2 positional arguments but 3 were given |
# expect[3.10+]: TypeError | C.m() takes 2 positional arguments but 3 were given |
# expect[-3.9]: TypeError | m() missing 2 required positional arguments: 'self' and 'a' |
# expect[3.10+]: TypeError | C.m() missing 2 required positional arguments: 'self' and 'a' |
# expect[-3.9]: TypeError | s() takes 0 positional arguments but 1 was given |
# expect[3.10+]: TypeError | C.s() takes 0 positional arguments but 1 was given |
# expect[-3.9]: TypeError | c() missing 1 required positional argument: 'x' |
# expect[3.10+]: TypeError | C.c() missing 1 required positional argument: 'x' |
# expect[-3.9]: TypeError | c() missing 1 required keyword-only argument: 'k' |
# expect[3.10+]: TypeError | C.c() missing 1 required keyword-only argument: 'k' |
# expect[-3.6]: TypeError | object() takes no parameters |
# expect[3.7+]: TypeError | C() takes no arguments |
# expect: TypeError | 'C' object is not callable |
# expect: AttributeError | 'C' object has no attribute 'y' |
# expect: AttributeError | type object 'C' has no attribute 'y' |
# expect[-3.9]: AttributeError | can't set attribute |
# expect[3.10]: AttributeError | can't set attribute 'x' |
# expect[3.11+]: AttributeError | property 'x' of 'C' object has no setter |
# expect[-3.10]: AttributeError | zz |
# expect[3.11+]: AttributeError | 'C' object has no attribute 'zz' |
# expect[-3.6]: TypeError | 'C' object does not support indexing |
# expect[3.7+]: TypeError | 'C' object is not subscriptable |
# expect: TypeError | unsupported operand type(s) for +: 'C' and 'int' |
# expect: TypeError | unsupported operand type(s) for +: 'int' and 'C' |
# expect: TypeError | '<' not supported between instances of 'C' and 'C' |
# expect: TypeError | object of type 'C' has no len() |
# expect: TypeError | 'C' object is not iterable |
# expect: TypeError | bad operand type for unary -: 'C' |
# expect: TypeError | argument of type 'int' is not iterable |
# expect: TypeError | argument of type 'C' is not iterable |
# expect: IndexError | list index out of range |
# expect: IndexError | tuple index out of range |
# expect[-3.10]: TypeError | string indices must be integers |
# expect[3.11+]: TypeError | string indices must be integers, not 'str' |
# expect: TypeError | list indices must be integers or slices, not str |
# expect: KeyError | 'k' |
# expect: TypeError | unhashable type: 'list' |
# expect: TypeError | 'NoneType' object is not callable |
# expect: TypeError | 'int' object is not callable |
# expect: TypeError | 'NoneType' object is not subscriptable |
# expect: ValueError | invalid literal for int() with base 10: 'a' |
# expect: ValueError | invalid literal for int() with base 8: '9' |
# expect: NameError | name 'open_nothing' is not defined |
# expect: TypeError | 'float' object cannot be interpreted as an integer |
# expect: ValueError | range() arg 3 must not be zero |
# expect: TypeError | sequence item 0: expected str instance, int found |
# expect: ValueError | empty separator |
# expect: ValueError | chr() arg not in range(0x110000) |
# expect: TypeError | ord() expected a character, but string of length 2 found |
# expect: TypeError | unsupported operand type(s) for +: 'int' and 'str' |
# expect[-3.7]: TypeError | max expected 1 arguments, got 0 |
# expect[3.8]: TypeError | max expected 1 argument, got 0 |
# expect[3.9+]: TypeError | max expected at least 1 argument, got 0 |
# expect[-3.11]: ValueError | max() arg is an empty sequence |
# expect[3.12+]: ValueError | max() iterable argument is empty |
# expect: TypeError | '<' not supported between instances of 'str' and 'int' |
# expect[-3.7]: TypeError | zip argument #1 must support iteration |
# expect[3.8+]: TypeError | 'int' object is not iterable |
# expect: TypeError | 'int' object is not iterable |
# expect: TypeError | cannot convert dictionary update sequence element #0 to a sequence |
# expect: TypeError | 'int' object is not iterable |
# expect: TypeError | unhashable type: 'list' |
# expect: TypeError | 'int' object is not iterable |
# expect: ValueError | could not convert string to float: 'a' |
# expect: TypeError | bad operand type for abs(): 'str' |
# expect[-3.9]: TypeError | isinstance() arg 2 must be a type or tuple of types |
# expect[3.10+]: TypeError | isinstance() arg 2 must be a type, a tuple of types, or a union |
# expect: TypeError | issubclass() arg 1 must be a class |
# expect: TypeError | type() takes 1 or 3 arguments |
# expect[-3.10]: TypeError | getattr(): attribute name must be string |
# expect[3.11+]: TypeError | attribute name must be string, not 'int' |
# expect: ValueError | list.remove(x): x not in list |
# expect: ValueError | 1 is not in list |
# expect: KeyError | 2 |
# expect: StopIteration |  |
# expect: TypeError | unhashable type: 'list' |
# expect: TypeError | type str doesn't define __round__ method |
# expect: ZeroDivisionError | integer division or modulo by zero |
# expect: TypeError | sep must be None or a string, not int |
# expect[-3.7]: IndexError | tuple index out of range |
# expect[3.8+]: IndexError | Replacement index 0 out of range for positional args tuple |
# expect: KeyError | 'a' |
# expect[-3.9]: TypeError | %d format: a number is required, not str |
# expect[3.10+]: TypeError | %d format: a real number is required, not str |
# expect: TypeError | not enough arguments for format string |
# expect: ValueError | Unknown format code 'q' for object of type 'int' |
# expect: ValueError | Unknown format code 'q' for object of type 'int' |
# expect: TypeError | string argument without an encoding |
# expect: TypeError | can't concat str to bytes |
# expect: LookupError | unknown encoding: nope |
# expect: UnicodeDecodeError | 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte |
# expect: TypeError | 'generator' object is not subscriptable |
# expect: TypeError | can't send non-None value to a just-started generator |
# expect: TypeError | object of type 'generator' has no len() |
# expect: TypeError | kw() missing 1 required positional argument: 'a' |
# expect: TypeError | kw() missing 1 required keyword-only argument: 'b' |
# expect: TypeError | kw() got an unexpected keyword argument 'c' |
# expect: TypeError | kw() takes 1 positional argument but 2 were given |
# expect: TypeError | kw() got multiple values for argument 'a' |
# expect[-3.8]: TypeError | kw() argument after * must be an iterable, not int |
# expect[3.9+]: TypeError | __main__.kw() argument after * must be an iterable, not int |
# expect[-3.8]: TypeError | kw() argument after ** must be a mapping, not int |
# expect[3.9+]: TypeError | __main__.kw() argument after ** must be a mapping, not int |
# expect[-3.8]: TypeError | kw() keywords must be strings |
# expect[3.9+]: TypeError | keywords must be strings |
# expect[-3.8]: TypeError | kw() got multiple values for keyword argument 'b' |
# expect[3.9+]: TypeError | __main__.kw() got multiple values for keyword argument 'b' |
# expect: AttributeError | 'super' object has no attribute 'nope' |
# expect[-3.12]: TypeError | super(type, obj): obj must be an instance or subtype of type |
# expect[3.13+]: TypeError | super(type, obj): obj (instance of int) is not an instance or subtype of type (C). |
# expect: TypeError | object.__new__(X): X is not a type object (int) |
# expect: AttributeError | 'object' object has no attribute 'x' |
# expect: TypeError | multiple bases have instance lay-out conflict |
# expect: ValueError | __len__() should return >= 0 |
# expect: TypeError | __bool__ should return bool, returned int |
# expect: TypeError | iter() returned non-iterator of type 'int' |
# expect: TypeError | __repr__ returned non-string (type int) |
# expect: TypeError | __hash__ method should return an integer |
# expect: TypeError | __index__ returned non-int (type str) |
# expect: ValueError | second |
# expect: RuntimeError | No active exception to reraise |
# expect: TypeError | exceptions must derive from BaseException |
# expect: TypeError | exceptions must derive from BaseException |
# expect: TypeError | exception causes must derive from BaseException |
# expect: TypeError | catching classes that do not inherit from BaseException is not allowed |
# expect: E | no instances |
# expect: ZeroDivisionError | division by zero |
# expect: ValueError | compile() mode must be 'exec', 'eval' or 'single' |
