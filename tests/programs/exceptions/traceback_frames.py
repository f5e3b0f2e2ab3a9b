import traceback, sys
def a(): b()
def b():
    x = 1
    c(x)
def c(v):
    raise ValueError('deep %d' % v)
try: a()
except ValueError as e:
    tb = e.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
        tb = tb.tb_next
    print(traceback.format_exception_only(type(e), e))
    print([f.name for f in traceback.extract_tb(e.__traceback__)])
    text = traceback.format_exc()
    print(text.splitlines()[0], text.splitlines()[-1])
try:
    try: a()
    except ValueError as e: raise KeyError('second') from e
except KeyError as e:
    print(type(e.__cause__).__name__, sys.exc_info()[0].__name__, sys.exc_info()[1] is e)
def g():
    try: return 'try'
    finally: print('f')
print(g())
f = sys._getframe()
print(f.f_code.co_name, f.f_lineno, 'f' in f.f_globals)
def h(): return sys._getframe(1).f_code.co_name, sys._getframe().f_code.co_name, sys._getframe().f_locals
print(h())
# expect: <module> 8
# expect: a 2
# expect: b 5
# expect: c 7
# expect: ['ValueError: deep 1\n']
# expect: ['<module>', 'a', 'b', 'c']
# expect: Traceback (most recent call last): ValueError: deep 1
# expect: ValueError KeyError True
# expect: f
# expect: try
# expect: <module> 28 True
# expect: ('<module>', 'h', {})
