import functools, contextlib, types, copy, string, io, math, abc
from functools import partial, reduce, lru_cache, wraps, cmp_to_key, cached_property, total_ordering, singledispatch, partialmethod
print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(max, [], 0))
try: reduce(max, [])
except TypeError as e: print(e)
p = partial(int, base=2); print(p('101'), p.args, p.keywords, partial(partial(max, 1), 2)(0), repr(partial(1 .__add__, 2))[:18])
calls = []
@lru_cache(maxsize=2)
def f(x, y=0):
    "doc"
    calls.append(x); return x * 2
print(f(1), f(1), f(2), f(3), f(1), calls, f.cache_info(), f.__name__, f.__doc__, f.__wrapped__(5)); f.cache_clear(); print(f.cache_info())
@lru_cache
def g(x): return [x]
print(g(1) is g(1), g.cache_info())
class K:
    @lru_cache(None)
    def m(self, x): return x + 1
    @cached_property
    def c(self): print('computed'); return 5
    q = partialmethod(lambda self, a, b: (a, b), 1)
k = K(); print(k.m(1), k.m(1), K.m.cache_info().hits, k.c, k.c, k.q(2))
print(functools.cache(lambda x: x)(3))
def deco(fn):
    @wraps(fn)
    def inner(*a): return fn(*a)
    return inner
@deco
def named(x): "text"; return x
print(named.__name__, named.__doc__, named(3), named.__wrapped__(4))
print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))
@total_ordering
class T:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
print(T(1) <= T(1), T(1) > T(0), T(2) >= T(3), T(1) > T(1))
@singledispatch
def kind(x): return 'object'
@kind.register(int)
def _(x): return 'int'
@kind.register
def _(x: list): return 'list'
print(kind(1), kind([]), kind('a'), kind(True))
@contextlib.contextmanager
def cm(fail=False):
    print('enter')
    try: yield 5
    except ValueError as e:
        print('caught', e)
        if fail: raise KeyError('k') from e
    finally: print('exit')
with cm() as v: print(v)
with cm(): raise ValueError('v')
try:
    with cm(True): raise ValueError('w')
except KeyError as e: print(repr(e), repr(e.__cause__))
try:
    with cm(): raise IndexError('i')
except IndexError as e: print(repr(e))
@cm()
def decorated(): return 'd'
print(decorated(), decorated())
@contextlib.contextmanager
def none(): return; yield
try:
    with none(): pass
except RuntimeError as e: print(e)
@contextlib.contextmanager
def two(): yield; yield
try:
    with two(): pass
except RuntimeError as e: print(e)
with contextlib.suppress(KeyError): {}['x']
with contextlib.nullcontext(3) as n: print(n)
class Closing:
    def close(self): print('closed')
with contextlib.closing(Closing()): pass
with contextlib.ExitStack() as s:
    print(s.enter_context(cm())); s.callback(print, 'callback', 1); s.enter_context(contextlib.suppress(ZeroDivisionError)); 1 / 0
try:
    with contextlib.ExitStack() as s:
        s.callback(lambda: 1 / 0)
        raise KeyError('a')
except ZeroDivisionError as e: print(repr(e), repr(e.__context__))
try:
    with contextlib.ExitStack() as s: s.enter_context(5)
except TypeError as e: print(e)
@contextlib.asynccontextmanager
async def acm():
    print('aenter')
    try: yield 1
    finally: print('aexit')
async def main():
    async with acm() as x: print(x)
    try:
        async with acm(): raise ValueError('in')
    except ValueError as e: print(repr(e))
def run(c):
    try: c.send(None)
    except StopIteration as e: return e.value
run(main())
@types.coroutine
def switch(): return (yield 'y')
async def co(): return await switch()
c = co(); print(c.send(None))
try: c.send('sent')
except StopIteration as e: print(e.value)
l = [1, [2, 3], {'a': (4, [5])}]; m = copy.deepcopy(l); m[1].append(9); m[2]['a'][1].append(1); print(l, m, copy.copy(l) is not l, copy.copy((1,)))
class O:
    def __init__(self): self.x = [1]; self.me = self
o = O(); q = copy.deepcopy(o); print(q.x == o.x, q.x is not o.x, q.me is q, copy.copy(o).x is o.x)
s = io.StringIO(); print('hello', 5, file=s); s.write('x\ny'); print(repr(s.getvalue()), s.seek(0), s.readline(), list(s), s.read(), io.StringIO('ab\nc').readlines())
print(math.floor(-1.5), math.ceil(1.2), math.sqrt(16), math.gcd(12, 18), math.factorial(5), math.isqrt(17), math.inf, math.pi, math.isnan(math.nan), math.floor(3), math.isclose(0.1 + 0.2, 0.3), math.prod([2, 3]), math.comb(5, 2), math.trunc(-2.7), math.hypot(3, 4))
print(string.ascii_letters, string.digits, string.punctuation, string.capwords('a bc'))
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): pass
    @property
    @abc.abstractmethod
    def g(self): pass
class B(A):
    def f(self): return 1
class C2(B): g = 5
for cls in (A, B):
    try: cls()
    except TypeError as e: print(e)
print(C2().f(), A.__abstractmethods__ == {'f', 'g'}, isinstance(C2(), A), issubclass(int, A)); A.register(int); print(issubclass(int, A), isinstance(3, A))
print(types.SimpleNamespace(a=1), types.MappingProxyType({'a': 1})['a'], type(len) is types.BuiltinFunctionType, isinstance(types.ModuleType('m'), types.ModuleType), types.new_class('N', (), {}, lambda ns: ns.update(z=1)).z)
