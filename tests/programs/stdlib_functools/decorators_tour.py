import functools, time
def log(prefix):
    def deco(f):
        @functools.wraps(f)
        def inner(*args, **kw):
            print(prefix, f.__name__, args, kw)
            return f(*args, **kw)
        inner.calls = 0
        return inner
    return deco
@log('call')
@log('again')
def add(a, b=1):
    "adds"
    return a + b
print(add(1), add(2, b=3), add.__name__, add.__doc__, add.__wrapped__.__name__, add.calls)
class Once:
    def __init__(self, f): self.f, self.done = f, False; functools.update_wrapper(self, f)
    def __call__(self, *a):
        if self.done: return 'already'
        self.done = True
        return self.f(*a)
    def __get__(self, obj, cls): return functools.partial(self, obj)
@Once
def once(x): return x * 2
print(once(4), once(4), once.__name__)
class K:
    @Once
    def m(self, x): return ('m', x)
print(K().m(1), K().m(2))
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(30), fib.cache_info(), fib.cache_clear(), fib.cache_info().currsize)
@functools.lru_cache(maxsize=2)
def sq(x): print('computing', x); return x * x
print(sq(1), sq(2), sq(1), sq(3), sq(2), sq.cache_info())
p = functools.partial(int, base=2)
print(p('101'), p.func is int, p.args, p.keywords, functools.partial(print, 1, sep='-')(2), functools.reduce(lambda a, b: a * b, [1, 2, 3], 10))
def singleton(cls):
    cache = {}
    def get(*a):
        if cls not in cache: cache[cls] = cls(*a)
        return cache[cls]
    return get
@singleton
class Config:
    def __init__(self, v=0): self.v = v
print(Config(1) is Config(2), Config().v)
@functools.total_ordering
class V:
    def __init__(self, v): self.v = v
    def __eq__(self, o): return self.v == o.v
    def __lt__(self, o): return self.v < o.v
print(V(1) <= V(2), V(2) >= V(3), V(1) > V(0), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))
# expect: call add (1,) {}
# expect: again add (1,) {}
# expect: call add (2,) {'b': 3}
# expect: again add (2,) {'b': 3}
# expect: 2 5 add adds add 0
# expect: 8 already once
# expect: ('m', 1) already
# expect: 832040 CacheInfo(hits=28, misses=31, maxsize=None, currsize=31) None 0
# expect: computing 1
# expect: computing 2
# expect: computing 3
# expect: computing 2
# expect: 1 4 1 9 4 CacheInfo(hits=1, misses=4, maxsize=2, currsize=2)
# expect: 1-2
# expect: 5 True () {'base': 2} None 60
# expect: True 1
# expect: True False True [3, 2, 1]
