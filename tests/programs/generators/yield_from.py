def inner():
    x = yield 'first'
    print('inner got', x)
    try:
        yield 'second'
    except ValueError as e:
        print('inner caught', e)
        yield 'third'
    return 'inner result'
def outer():
    result = yield from inner()
    print('outer got', result)
    yield from [1, 2]
    yield from (c for c in 'ab')
    return 'outer result'
it = outer()
print(next(it))
print(it.send('hello'))
print(it.throw(ValueError('v')))
print(next(it), next(it), next(it), next(it))
try:
    next(it)
except StopIteration as s:
    print(s.value)
def flatten(x):
    for y in x:
        if isinstance(y, (list, tuple)):
            yield from flatten(y)
        else:
            yield y
print(list(flatten([1, [2, (3, [4])], 5])))
# expect: first
# expect: inner got hello
# expect: second
# expect: inner caught v
# expect: third
# expect: outer got inner result
# expect: 1 2 a b
# expect: outer result
# expect: [1, 2, 3, 4, 5]
