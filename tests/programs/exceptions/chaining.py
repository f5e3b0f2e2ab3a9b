try:
    try:
        raise ValueError('first')
    except ValueError as e:
        raise KeyError('second') from e
except KeyError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try:
        raise ValueError('first')
    except ValueError:
        raise KeyError('second')
except KeyError as e:
    print(e.__cause__, repr(e.__context__), e.__suppress_context__)
try:
    try:
        raise ValueError('first')
    except ValueError:
        raise KeyError('second') from None
except KeyError as e:
    print(e.__cause__, repr(e.__context__), e.__suppress_context__)
try:
    raise ValueError from 5
except TypeError as e:
    print(e)
try:
    try:
        1 / 0
    finally:
        {}['k']
except KeyError as e:
    print(type(e.__context__).__name__)
def chain(n):
    try:
        if n: chain(n - 1)
        raise ValueError(n)
    except ValueError:
        raise KeyError(n)
try:
    chain(0)
except KeyError as e:
    depth = 0
    while e: depth += 1; e = e.__context__
    print(depth)
# expect[-3.6]: ValueError('first',) ValueError('first',) True
# expect[3.7+]: ValueError('first') ValueError('first') True
# expect[-3.6]: None ValueError('first',) False
# expect[3.7+]: None ValueError('first') False
# expect[-3.6]: None ValueError('first',) True
# expect[3.7+]: None ValueError('first') True
# expect: exception causes must derive from BaseException
# expect: ZeroDivisionError
# expect: 2
