def g():
    try:
        yield 1
        yield 2
    except ValueError as e:
        print('in generator', e)
        yield 'handled'
    finally:
        print('finally')
it = g()
print(next(it), it.throw(ValueError('thrown')))
print(next(it, 'done'))
def fails():
    yield 1
    raise KeyError('gen')
it = fails()
print(next(it))
try:
    next(it)
except KeyError as e:
    print(e)
print(list(it))
def outer():
    try:
        yield from fails()
    except KeyError:
        yield 'caught from inner'
print(list(outer()))
it = g()
next(it)
it.close()
# expect: in generator thrown
# expect: 1 handled
# expect: finally
# expect: done
# expect: 1
# expect: 'gen'
# expect: []
# expect: [1, 'caught from inner']
# expect: finally
