import sys
print('a', 'b', sep='', end='!\n'); print(); print(1, None, [1.0, 'x'], sep=', ')
sys.stdout.write('written\n'); print('to stdout', file=sys.stdout, flush=True); print('err', file=sys.stderr)
class W:
    def __init__(self): self.got = []
    def write(self, s): self.got.append(s)
w = W(); print('x', 1, file=w); print(w.got)
old, sys.stdout = sys.stdout, w
print('redirected')
sys.stdout = old
print(w.got[-2:])
l = [1]; l.append(l); d = {}; d['self'] = d; print(l, d, (1,), ((),), {'k': [None, True]}, [b'x', 'y\n', "q'"], {1}, frozenset([2]), range(3), slice(1, 2))
print([int, len, print], type, object, Ellipsis, NotImplemented, sys.version_info[:1], type(None), type(print), type(lambda: 0))
def f(): pass
print(f.__name__, str(f).startswith('<function f at 0x') or str(f).startswith('<function f at'), repr(ValueError('x')), [ValueError('y', 1)], str(KeyError('k')), Exception, [Exception])
class A: pass
class B:
    def __repr__(self): return 'B!'
    class Inner: pass
print(A, B, B(), [B()], {B(): B()}, str(B()), B.Inner, f'{B()}', '%s' % B(), (B(),))
print(*[1, 2], *'ab'); print(*[], sep='x'); print('tab\there', 'uni ✓', '\x41', '\u00e9')
# expect: ab!
# expect:
# expect: 1, None, [1.0, 'x']
# expect: written
# expect: to stdout
# expect: ['x', ' ', '1', '\n']
# expect: ['redirected', '\n']
# expect: [1, [...]] {'self': {...}} (1,) ((),) {'k': [None, True]} [b'x', 'y\n', "q'"] {1} frozenset({2}) range(0, 3) slice(1, 2, None)
# expect: [<class 'int'>, <built-in function len>, <built-in function print>] <class 'type'> <class 'object'> Ellipsis NotImplemented (3,) <class 'NoneType'> <class 'builtin_function_or_method'> <class 'function'>
# expect[-3.6]: f True ValueError('x',) [ValueError('y', 1)] 'k' <class 'Exception'> [<class 'Exception'>]
# expect[3.7+]: f True ValueError('x') [ValueError('y', 1)] 'k' <class 'Exception'> [<class 'Exception'>]
# expect: <class '__main__.A'> <class '__main__.B'> B! [B!] {B!: B!} B! <class '__main__.B.Inner'> B! B! (B!,)
# expect: 1 2 a b
# expect:
# expect: tab	here uni ✓ A é
