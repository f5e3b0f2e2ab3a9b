from functools import lru_cache
calls = []
@lru_cache(maxsize=None)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(20), len(calls), fib.cache_info().hits > 0, fib.cache_info().currsize)
fib.cache_clear()
print(fib.cache_info().currsize, fib(3), fib.__name__)
@lru_cache(maxsize=2)
def square(x):
    calls.append('sq%d' % x)
    return x * x
del calls[:]
for x in (1, 2, 1, 3, 1, 2): square(x)
print(calls, square.cache_info())
@lru_cache(maxsize=None)
def kw(a, b=1): calls.append((a, b)); return a + b
del calls[:]
print(kw(1), kw(1), kw(a=1), kw(1, b=1), len(calls))
try:
    square([])
except TypeError as e:
    print(e)
@lru_cache(maxsize=None)
def fails(x): calls.append('fail'); raise ValueError(x)
del calls[:]
for _ in range(2):
    try: fails(1)
    except ValueError: pass
print(calls)
# expect: 6765 21 True 21
# expect: 0 2 fib
# expect: ['sq1', 'sq2', 'sq3', 'sq2'] CacheInfo(hits=2, misses=4, maxsize=2, currsize=2)
# expect: 2 2 2 2 3
# expect: unhashable type: 'list'
# expect: ['fail', 'fail']
