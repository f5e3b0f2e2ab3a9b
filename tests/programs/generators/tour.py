def counter(n):
    print('start')
    try:
        while True:
            got = yield n
            if got is not None: n = got
            n += 1
    except GeneratorExit:
        print('closing'); raise
    except ValueError as e:
        print('caught', e); yield 'from handler'
    finally:
        print('finally')
g = counter(1)
print(next(g), next(g), g.send(10), g.throw(ValueError('v')))
try:
    next(g)
except StopIteration as e:
    print('stopped', e.value)
g = counter(5); next(g); g.close(); g.close()
def sub():
    x = yield 'a'
    print('sub got', x)
    return 'result'
def outer():
    r = yield from sub()
    print('outer got', r)
    yield from [1, 2]
    return 'end'
o = outer()
print(next(o), o.send('S'), next(o))
try: next(o)
except StopIteration as e: print(e.value)
def fib():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b
import itertools
print(list(itertools.islice(fib(), 10)), sum(x for x in range(5)), max((x * x for x in [-3, 2]), default=0), any(x > 3 for x in fib()))
print(list(zip(fib(), 'abc')), dict(enumerate('xy', 1)), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, '', 2])))
def tree(t):
    if isinstance(t, list):
        for x in t: yield from tree(x)
    else: yield t
print(list(tree([1, [2, [3, 4], 5], [[6]]])))
ge = (print('evaluated', i) or i for i in [1, 2])
print('made'); print(next(ge), list(ge), list(ge))
def g2():
    try: yield 1
    finally: print('cleanup on del')
x = g2(); next(x); del x
print('after')
try: counter(1).send(5)
except TypeError as e: print(e)
def infinite():
    it = iter(lambda: 3, 3)
    yield from it
print(list(infinite()), next(iter([]), 'default'))
# expect: start
# expect: caught v
# expect: 1 2 11 from handler
# expect: finally
# expect: stopped None
# expect: start
# expect: closing
# expect: finally
# expect: sub got S
# expect: outer got result
# expect: a 1 2
# expect: end
# expect: [0, 1, 1, 2, 3, 5, 8, 13, 21, 34] 10 9 True
# expect: [(0, 'a'), (1, 'b'), (1, 'c')] {1: 'x', 2: 'y'} [4, 6] [1, 2]
# expect: [1, 2, 3, 4, 5, 6]
# expect: made
# expect: evaluated 1
# expect: evaluated 2
# expect: 1 [2] []
# expect: cleanup on del
# expect: after
# expect: can't send non-None value to a just-started generator
# expect: [] default
