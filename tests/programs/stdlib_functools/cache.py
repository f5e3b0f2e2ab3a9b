# requires: 3.8
from functools import lru_cache, cached_property
n = 0
@lru_cache
def f(x):
    global n
    n += 1
    return x
print(f(1), f(1), f(2), n)
class C:
    @cached_property
    def v(self):
        print('computing')
        return 42
c = C()
print(c.v, c.v, vars(c))
del c.v
print(c.v)
# expect: 1 1 2 2
# expect: computing
# expect: 42 42 {'v': 42}
# expect: computing
# expect: 42
