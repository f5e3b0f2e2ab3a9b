import contextlib, io, sys
@contextlib.contextmanager
def cm(name, swallow=False):
    print('enter', name)
    try: yield name.upper()
    except ValueError as e:
        print('saw', e)
        if not swallow: raise
    finally: print('exit', name)
with cm('a') as a, cm('b') as b: print(a, b)
with cm('s', swallow=True): raise ValueError('swallowed')
try:
    with cm('r'): raise ValueError('raised')
except ValueError as e: print('outside', e)
try:
    with cm('k'): raise KeyError('k')
except KeyError as e: print('outside', e)
@cm('deco')
def f(): return 'decorated'
print(f())
with contextlib.suppress(ZeroDivisionError, KeyError): 1 / 0
print('suppressed')
class C:
    def close(self): print('closed')
with contextlib.closing(C()) as c: print(type(c).__name__)
with contextlib.ExitStack() as st:
    st.enter_context(cm('x')); st.callback(print, 'callback'); st.push(lambda *e: print('pushed', e[0]))
    print('in stack')
out = io.StringIO()
with contextlib.redirect_stdout(out): print('captured')
print(repr(out.getvalue()))
with contextlib.nullcontext(5) if hasattr(contextlib, 'nullcontext') else cm('n') as n: print(n)
class Ret:
    def __enter__(self): return 1
    def __exit__(self, *a): print('exit on return'); return None
def r():
    with Ret() as x: return x
def l():
    for i in range(2):
        with Ret():
            if i == 0: continue
            break
    return i
print(r(), l())
try:
    with 5: pass
except (AttributeError, TypeError) as e: print(type(e).__name__)
try:
    with cm('gen') as g: raise StopIteration('si')
except StopIteration as e: print('SI', e)
@contextlib.contextmanager
def noyield():
    if False: yield
try:
    with noyield(): pass
except RuntimeError as e: print(e)
# expect[-3.6]: enter a
# expect[-3.6]: enter b
# expect[-3.6]: A B
# expect[-3.6]: exit b
# expect[-3.6]: exit a
# expect[-3.6]: enter s
# expect[-3.6]: saw swallowed
# expect[-3.6]: exit s
# expect[-3.6]: enter r
# expect[-3.6]: saw raised
# expect[-3.6]: exit r
# expect[-3.6]: outside raised
# expect[-3.6]: enter k
# expect[-3.6]: exit k
# expect[-3.6]: outside 'k'
# expect[-3.6]: enter deco
# expect[-3.6]: exit deco
# expect[-3.6]: decorated
# expect[-3.6]: suppressed
# expect[-3.6]: C
# expect[-3.6]: closed
# expect[-3.6]: enter x
# expect[-3.6]: in stack
# expect[-3.6]: pushed None
# expect[-3.6]: callback
# expect[-3.6]: exit x
# expect[-3.6]: 'captured\n'
# expect[-3.6]: enter n
# expect[-3.6]: N
# expect[-3.6]: exit n
# expect[-3.6]: exit on return
# expect[-3.6]: exit on return
# expect[-3.6]: exit on return
# expect[-3.6]: 1 1
# expect[-3.6]: AttributeError
# expect[-3.6]: enter gen
# expect[-3.6]: exit gen
# expect[-3.6]: SI si
# expect[-3.6]: generator didn't yield
# expect[3.7-3.10]: enter a
# expect[3.7-3.10]: enter b
# expect[3.7-3.10]: A B
# expect[3.7-3.10]: exit b
# expect[3.7-3.10]: exit a
# expect[3.7-3.10]: enter s
# expect[3.7-3.10]: saw swallowed
# expect[3.7-3.10]: exit s
# expect[3.7-3.10]: enter r
# expect[3.7-3.10]: saw raised
# expect[3.7-3.10]: exit r
# expect[3.7-3.10]: outside raised
# expect[3.7-3.10]: enter k
# expect[3.7-3.10]: exit k
# expect[3.7-3.10]: outside 'k'
# expect[3.7-3.10]: enter deco
# expect[3.7-3.10]: exit deco
# expect[3.7-3.10]: decorated
# expect[3.7-3.10]: suppressed
# expect[3.7-3.10]: C
# expect[3.7-3.10]: closed
# expect[3.7-3.10]: enter x
# expect[3.7-3.10]: in stack
# expect[3.7-3.10]: pushed None
# expect[3.7-3.10]: callback
# expect[3.7-3.10]: exit x
# expect[3.7-3.10]: 'captured\n'
# expect[3.7-3.10]: 5
# expect[3.7-3.10]: exit on return
# expect[3.7-3.10]: exit on return
# expect[3.7-3.10]: exit on return
# expect[3.7-3.10]: 1 1
# expect[3.7-3.10]: AttributeError
# expect[3.7-3.10]: enter gen
# expect[3.7-3.10]: exit gen
# expect[3.7-3.10]: SI si
# expect[3.7-3.10]: generator didn't yield
# expect[3.11+]: enter a
# expect[3.11+]: enter b
# expect[3.11+]: A B
# expect[3.11+]: exit b
# expect[3.11+]: exit a
# expect[3.11+]: enter s
# expect[3.11+]: saw swallowed
# expect[3.11+]: exit s
# expect[3.11+]: enter r
# expect[3.11+]: saw raised
# expect[3.11+]: exit r
# expect[3.11+]: outside raised
# expect[3.11+]: enter k
# expect[3.11+]: exit k
# expect[3.11+]: outside 'k'
# expect[3.11+]: enter deco
# expect[3.11+]: exit deco
# expect[3.11+]: decorated
# expect[3.11+]: suppressed
# expect[3.11+]: C
# expect[3.11+]: closed
# expect[3.11+]: enter x
# expect[3.11+]: in stack
# expect[3.11+]: pushed None
# expect[3.11+]: callback
# expect[3.11+]: exit x
# expect[3.11+]: 'captured\n'
# expect[3.11+]: 5
# expect[3.11+]: exit on return
# expect[3.11+]: exit on return
# expect[3.11+]: exit on return
# expect[3.11+]: 1 1
# expect[3.11+]: TypeError
# expect[3.11+]: enter gen
# expect[3.11+]: exit gen
# expect[3.11+]: SI si
# expect[3.11+]: generator didn't yield
