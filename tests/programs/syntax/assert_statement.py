assert True
assert 1 == 1, 'not evaluated'
try:
    assert 0
except AssertionError as error:
    print(repr(str(error)), error.args)  # expect: '' ()
try:
    assert [], 'empty %s' % 'list'
except AssertionError as error:
    print(error, error.args)  # expect: empty list ('empty list',)
def message():
    print('message evaluated')  # expect: message evaluated
    return 'lazy'
assert True, message()
try:
    assert None, message()
except AssertionError as error:
    print(error)  # expect: lazy
