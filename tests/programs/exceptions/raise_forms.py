def attempt(f):
    try:
        f()
    except BaseException as e:
        print(type(e).__name__, e.args)
def a(): raise ValueError
def b(): raise ValueError('m')
def c(): raise ValueError('m', 2)
def d(): raise ValueError('x') from None
def e(): raise 'string'
def f(): raise 5
def g(): raise object
def h(): raise KeyError(1) from ValueError(2)
for action in (a, b, c, d, e, f, g, h):
    attempt(action)
instance = ValueError('kept')
try:
    raise instance
except ValueError as caught:
    print(caught is instance)
# expect: ValueError ()
# expect: ValueError ('m',)
# expect: ValueError ('m', 2)
# expect: ValueError ('x',)
# expect: TypeError ('exceptions must derive from BaseException',)
# expect: TypeError ('exceptions must derive from BaseException',)
# expect: TypeError ('exceptions must derive from BaseException',)
# expect: KeyError (1,)
# expect: True
