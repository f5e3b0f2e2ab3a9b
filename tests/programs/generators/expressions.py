g = (x * 2 for x in range(3))
print(type(g).__name__, next(g), list(g), list(g))
print(sum(x for x in range(5)), max((x % 3, x) for x in range(6)), any(x > 2 for x in [1, 2, 3]))
print(dict((k, len(k)) for k in ['a', 'bb']), ','.join(str(x) for x in range(3)))
print(list((x, y) for x in range(2) for y in 'ab' if x or y == 'a'))
n = 1
lazy = (n * x for x in [1, 2])
n = 10
print(list(lazy))
source = [1, 2]
lazy = (x for x in source)
source = [9]
print(list(lazy))
def f(*args): return args
print(f(*(x for x in 'ab')), tuple(x for x in ()), sorted(-x for x in [1, 3, 2]))
try:
    iter_error = (x for x in 5)
except TypeError as e:
    print(e)
print(all(print(x) or True for x in 'pq'))
# expect: generator 0 [2, 4] []
# expect: 10 (2, 5) True
# expect: {'a': 1, 'bb': 2} 0,1,2
# expect: [(0, 'a'), (1, 'a'), (1, 'b')]
# expect: [10, 20]
# expect: [1, 2]
# expect: ('a', 'b') () [-3, -2, -1]
# expect: 'int' object is not iterable
# expect: p
# expect: q
# expect: True
