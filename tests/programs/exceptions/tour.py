import sys, traceback
class AppError(Exception):
    def __init__(self, code, msg=''):
        super().__init__(code, msg)
        self.code = code
    def __str__(self): return f'[{self.code}] {self.args[1]}'
def f(x):
    try:
        print('try', x)
        if x == 1: raise AppError(1, 'one')
        if x == 2: return 'returned'
        if x == 3: {}['k']
        if x == 4: 1 / 0
    except AppError as e:
        print('app', e, repr(e), e.code)
        return 'handled'
    except (KeyError, IndexError) as e:
        print('lookup', repr(e))
        raise RuntimeError('wrapped') from e
    except ArithmeticError:
        raise
    else:
        print('else')
    finally:
        print('finally', x)
    return 'end'
for i in range(5):
    try:
        print(f(i))
    except Exception as e:
        print('outside', type(e).__name__, e, repr(e.__cause__), repr(e.__context__))
try:
    try:
        raise ValueError('a')
    except ValueError:
        raise TypeError('b')
except TypeError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
try:
    try:
        raise ValueError('a')
    except ValueError:
        raise TypeError('b') from None
except TypeError as e:
    print(repr(e.__context__), e.__cause__, e.__suppress_context__)
def loop():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            print('body', i)
        finally:
            print('fin', i)
    else:
        print('no break')
loop()
def swallow():
    try: raise KeyError('gone')
    finally: return 'swallowed'
print(swallow(), sys.exc_info())
try:
    assert 1 == 2, 'math'
except AssertionError as e: print('assert', e)
try: raise AppError
except TypeError as e: print(e)
try: raise 5
except TypeError as e: print(e)
e = ValueError('x', 2)
print(e.args, str(e), str(ValueError()), repr(ValueError('one')), isinstance(e, Exception), ValueError.__mro__[1].__name__)
try: e.nope
except AttributeError as a: print(a)
try:
    raise e.with_traceback(None)
except ValueError as caught:
    print(caught is e, caught.__traceback__.tb_lineno > 0, traceback.format_exception_only(type(caught), caught))
try: int('x')
except ValueError as e: print(e)
try: [].pop()
except IndexError as e: print(e)
try: None.x
except AttributeError as e: print(e)
try: len(5)
except TypeError as e: print(e)
try: undefined_name
except NameError as e: print(e)
try: import no_such_module
except ModuleNotFoundError as e: print(e, e.name)
try: from sys import no_such
except ImportError as e: print(str(e).split(' (')[0], e.name)
try: print(e)
except NameError as x: print('e was deleted:', x)
class Ctx:
    def __enter__(self): print('enter'); return self
    def __exit__(self, t, v, tb): print('exit', t and t.__name__, v); return t is KeyError
with Ctx(): raise KeyError('suppressed')
try:
    with Ctx() as a, Ctx() as b: raise ValueError('through')
except ValueError: print('out')
# expect: try 0
# expect: else
# expect: finally 0
# expect: end
# expect: try 1
# expect: app [1] one AppError(1, 'one') 1
# expect: finally 1
# expect: handled
# expect: try 2
# expect: finally 2
# expect: returned
# expect: try 3
# expect[-3.6]: lookup KeyError('k',)
# expect[3.7+]: lookup KeyError('k')
# expect: finally 3
# expect[-3.6]: outside RuntimeError wrapped KeyError('k',) KeyError('k',)
# expect[3.7+]: outside RuntimeError wrapped KeyError('k') KeyError('k')
# expect: try 4
# expect: finally 4
# expect: outside ZeroDivisionError division by zero None None
# expect[-3.6]: ValueError('a',) None False
# expect[3.7+]: ValueError('a') None False
# expect[-3.6]: ValueError('a',) None True
# expect[3.7+]: ValueError('a') None True
# expect: body 0
# expect: fin 0
# expect: fin 1
# expect: fin 2
# expect: swallowed (None, None, None)
# expect: assert math
# expect[-3.9]: __init__() missing 1 required positional argument: 'code'
# expect[3.10+]: AppError.__init__() missing 1 required positional argument: 'code'
# expect: exceptions must derive from BaseException
# expect[-3.6]: ('x', 2) ('x', 2)  ValueError('one',) True Exception
# expect[3.7+]: ('x', 2) ('x', 2)  ValueError('one') True Exception
# expect: 'ValueError' object has no attribute 'nope'
# expect: True True ["ValueError: ('x', 2)\n"]
# expect: invalid literal for int() with base 10: 'x'
# expect: pop from empty list
# expect: 'NoneType' object has no attribute 'x'
# expect: object of type 'int' has no len()
# expect: name 'undefined_name' is not defined
# expect: No module named 'no_such_module' no_such_module
# expect[-3.6]: cannot import name 'no_such' None
# expect[3.7+]: cannot import name 'no_such' from 'sys' sys
# expect: e was deleted: name 'e' is not defined
# expect: enter
# expect: exit KeyError 'suppressed'
# expect: enter
# expect: enter
# expect: exit ValueError through
# expect: exit ValueError through
# expect: out
