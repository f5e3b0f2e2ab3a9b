def g():
    while True:
        try:
            x = yield 'waiting'
            print('got', x)
        except ValueError as e:
            print('caught', e)
        except KeyError:
            return 'ended by KeyError'
it = g()
next(it)
print(it.throw(ValueError('v')))
print(it.send(1))
try:
    it.throw(KeyError('k'))
except StopIteration as s:
    print(s.value)
it = g()
try:
    it.throw(ValueError('not started'))
except ValueError as e:
    print('came back', e)
print(list(it))
it = g()
next(it)
try:
    it.throw(TypeError('not handled'))
except TypeError as e:
    print(e)
try:
    it.throw(ValueError('finished generator'))
except ValueError as e:
    print(e)
# expect: caught v
# expect: waiting
# expect: got 1
# expect: waiting
# expect: ended by KeyError
# expect: came back not started
# expect: []
# expect: not handled
# expect: finished generator
