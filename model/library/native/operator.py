"""operator. One line a function, as there is nothing more to say."""


def lt(a, b): return a < b
def le(a, b): return a <= b
def eq(a, b): return a == b
def ne(a, b): return a != b
def gt(a, b): return a > b
def ge(a, b): return a >= b
def not_(a): return not a
def truth(a): return True if a else False
def is_(a, b): return a is b
def is_not(a, b): return a is not b
def add(a, b): return a + b
def and_(a, b): return a & b
def floordiv(a, b): return a // b
def index(a): return a.__index__()
def inv(a): return ~a
def lshift(a, b): return a << b
def mod(a, b): return a % b
def mul(a, b): return a * b
def matmul(a, b): return a @ b
def neg(a): return -a
def or_(a, b): return a | b
def pos(a): return +a
def pow(a, b): return a ** b
def rshift(a, b): return a >> b
def sub(a, b): return a - b
def truediv(a, b): return a / b
def xor(a, b): return a ^ b
def concat(a, b): return a + b
def contains(a, b): return b in a
def getitem(a, b): return a[b]
def call(function, /, *args, **keywords): return function(*args, **keywords)


abs = abs  # the builtin one
invert = inv


def setitem(a, b, c):
    a[b] = c


def delitem(a, b):
    del a[b]


def countOf(a, b):
    count = 0
    for item in a:
        if item is b or item == b:
            count += 1
    return count


def indexOf(a, b):
    position = 0
    for item in a:
        if item is b or item == b:
            return position
        position += 1
    raise ValueError('sequence.index(x): x not in sequence')


def iadd(a, b):
    a += b
    return a


def isub(a, b):
    a -= b
    return a


def imul(a, b):
    a *= b
    return a


def ior(a, b):
    a |= b
    return a


def iand(a, b):
    a &= b
    return a


class attrgetter:
    def __init__(self, attribute, /, *attributes):
        self._names = (attribute,) + attributes
        for name in self._names:
            if not isinstance(name, str):
                raise TypeError('attribute name must be a string')

    def __call__(self, x, /):
        if len(self._names) == 1:
            return _dotted(x, self._names[0])
        return tuple([_dotted(x, name) for name in self._names])


def _dotted(x, name):
    for part in name.split('.'):
        x = getattr(x, part)
    return x


class itemgetter:
    def __init__(self, item, /, *items):
        self._items = (item,) + items

    def __call__(self, x, /):
        if len(self._items) == 1:
            return x[self._items[0]]
        return tuple([x[item] for item in self._items])


class methodcaller:
    def __init__(self, name, /, *args, **keywords):
        if not isinstance(name, str):
            raise TypeError('method name must be a string')
        self._name = name
        self._args = args
        self._keywords = keywords

    def __call__(self, x, /):
        return getattr(x, self._name)(*self._args, **self._keywords)
