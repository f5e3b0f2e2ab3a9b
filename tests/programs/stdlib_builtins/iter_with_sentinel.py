values = [1, 2, 'stop', 3]
print(list(iter(lambda: values.pop(0), 'stop')), values)
def counter():
    n = 0
    def step():
        nonlocal n
        n += 1
        return n
    return step
print([x for x in iter(counter(), 4)])
it = iter(counter(), 2)
print(next(it), next(it, 'done'), next(it, 'still done'))
def raises(): raise ValueError('from callable')
try:
    next(iter(raises, None))
except ValueError as e:
    print(e)
try:
    iter(5, 6)
except TypeError as e:
    print(e)
for chunk in iter(lambda c=[['a', 'b'], ['c'], []]: c.pop(0), []):
    print(chunk)
# expect: [1, 2] [3]
# expect: [1, 2, 3]
# expect: 1 done still done
# expect: from callable
# expect[-3.11]: iter(v, w): v must be callable
# expect[3.12]: iter(object, sentinel): object must be callable
# expect[3.13+]: iter(v, w): v must be callable
# expect: ['a', 'b']
# expect: ['c']
