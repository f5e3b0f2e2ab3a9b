import enum, dataclasses, typing, os, traceback, warnings, string, weakref, atexit, errno, gc, time, __future__
from enum import Enum, IntEnum, auto, unique
from dataclasses import dataclass, field
from typing import Optional, List, Dict, NamedTuple, Any, Generic, TypeVar, Callable, ClassVar
class Color(Enum):
    RED = 1
    GREEN = auto()
    ALSO = 1
    @property
    def low(self): return self.name.lower()
print(Color.RED, repr(Color.GREEN), Color(1), Color['RED'], Color.ALSO is Color.RED, list(Color), len(Color), Color.RED.low, Color.GREEN.value, Color.RED in Color, Color.RED == 1, {Color.RED: 2}[Color.RED], list(Color.__members__), f'{Color.RED}')
for f in (lambda: Color(9), lambda: Color['X'], lambda: setattr(Color, 'RED', 5)):
    try: f()
    except Exception as e: print(type(e).__name__, e)
class N(IntEnum):
    A = 1
    B = 2
print(N.A + 1, N.B > N.A, N(2), repr(N.A), [0, 'x'][N.A], f'{N.A}', N.A == 1, sorted([N.B, N.A]))
F = Enum('F', 'X Y'); print(F.X, F.Y.value, isinstance(F.X, F))
try:
    @unique
    class D(Enum):
        A = 1
        B = 1
except ValueError as e: print(e)
class Planet(Enum):
    E = (1, 2)
    def __init__(self, a, b): self.a = a; self.b = b
print(Planet.E.a, Planet.E.b)
@dataclass
class P:
    x: int
    y: int = 2
    z: list = field(default_factory=list)
    k: ClassVar[int] = 5
p = P(1); p.z.append(3); print(p, p == P(1, 2, [3]), P(1).z, dataclasses.asdict(p), dataclasses.astuple(P(1)), dataclasses.replace(p, x=5), [f.name for f in dataclasses.fields(P)], p != 5)
@dataclass(frozen=True, order=True)
class Q:
    a: int
    b: str = 'b'
    def __post_init__(self): pass
print(Q(1) < Q(2), hash(Q(1)) == hash(Q(1)), {Q(1): 1}[Q(1)], sorted([Q(2), Q(1)]))
try: Q(1).a = 5
except dataclasses.FrozenInstanceError as e: print(e)
@dataclass
class R(P):
    w: int = 9
    v: int = field(default=1, repr=False, compare=False)
print(R(1), R(1, w=3).w, R(1, v=5) == R(1))
for f in (lambda: P(), lambda: P(1, 2, 3, 4), lambda: P(1, q=2)):
    try: f()
    except TypeError as e: print(str(e).replace('P.__init__() ', ''))
class NT(NamedTuple):
    a: int
    b: str = 'x'
    def both(self): return (self.a, self.b)
print(NT(1), NT(1).both(), NT(2, 'c').b)
T = TypeVar('T')
class G(Generic[T]):
    def m(self, x: Optional[List[Dict[str, Any]]]) -> Callable[[int], str]: return x
print(G[int]().m(3), typing.TYPE_CHECKING, typing.cast(int, 'a'))
os.environ['LW'] = 'v'; print(os.environ['LW'], os.environ.get('LW'), 'LW' in os.environ, os.getenv('NOPE', 'd'), os.environ.pop('LW'), 'LW' in os.environ, os.environ.setdefault('LW', 'w'), 'PATH' in os.environ)
del os.environ['LW']
for f in (lambda: os.environ['LW'], lambda: os.environ.pop('LW'), lambda: os.environ.__delitem__('LW'), lambda: os.environ.__setitem__('a', 1), lambda: os.environ.__setitem__(1, 'a')):
    try: f()
    except Exception as e: print(repr(e), e.__cause__)
saved = os.environ.copy(); os.environ.update(A='1', B='2'); os.environ.clear(); print(len(os.environ), list(os.environ)); os.environ.update(saved); print(os.environ == saved, type(saved))
print(os.path.join('a', 'b'), os.path.join('a/', '/b'), os.path.basename('/x/y.py'), os.path.dirname('/x/y'), os.path.splitext('a/b.tar.gz'), os.path.splitext('.x'), os.path.normpath('/a/../b//c/.'), os.path.split('/a'), os.sep, os.fspath('x'))
try: 1 / 0
except ZeroDivisionError: print(traceback.format_exc().splitlines()[-1], traceback.format_exc().splitlines()[0])
print(traceback.format_exception_only(KeyError('a')), traceback.format_exception_only(ValueError()))
warnings.warn('x') if False else None
class W: pass
w = W(); d = weakref.WeakValueDictionary(); d['a'] = w; r = weakref.ref(w, lambda _: print('gone')); s = weakref.WeakSet([w]); kd = weakref.WeakKeyDictionary({w: 1})
fin = weakref.finalize(w, print, 'finalized')
print(d['a'] is w, len(d), r() is w, len(s), w in s, kd[w], list(d.items())[0][0], fin.alive, list(d), list(kd.values())); del w
print(len(d), 'a' in d, d.get('a'), r(), len(s), len(kd), fin.alive)
class Me:
    def m(self): return 1
me = Me(); wm = weakref.WeakMethod(me.m); print(wm()(), wm == weakref.WeakMethod(me.m)); del me; print(wm())
try: time.sleep(-1)
except ValueError as e: print(e)
time.sleep(0); print(time.time() <= time.time(), time.monotonic() <= time.perf_counter() or True, errno.ENOENT, gc.isenabled(), type(gc.collect()))
print(__future__.annotations is not None)
