def kinds():
    print('evaluated')
    return (KeyError, IndexError)
try:
    raise IndexError('i')
except kinds() as e:
    print(type(e).__name__)
try:
    pass
except kinds():
    pass
handlers = (ValueError, (TypeError, KeyError)) if False else (ValueError, TypeError)
for error in (ValueError, TypeError):
    try:
        raise error('x')
    except handlers as e:
        print(repr(e))
try:
    try:
        raise ValueError('v')
    except 5:
        pass
except TypeError as e:
    print('TypeError', type(e.__context__).__name__)
try:
    try:
        raise ValueError('passes by')
    except ():
        print('never')
except ValueError as e:
    print(e)
# expect: evaluated
# expect: IndexError
# expect[-3.6]: ValueError('x',)
# expect[3.7+]: ValueError('x')
# expect[-3.6]: TypeError('x',)
# expect[3.7+]: TypeError('x')
# expect: TypeError ValueError
# expect: passes by
