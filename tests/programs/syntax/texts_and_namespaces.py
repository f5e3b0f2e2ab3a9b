import sys, builtins, types
g = globals()
g['dyn'] = 5; print(dyn, 'dyn' in g, g is vars(), locals() is g)
exec('z = dyn + 1\ndef ex(a, b=2): return a * b + z'); print(z, ex(3), eval('z * 2'), eval('a + b', {'a': 1}, {'b': 2}))
ns = {}; exec(compile('import math\nr = [math.floor(x) for x in (1.5, 2.5)]\nclass Q:\n    def m(self): return "m"', '<gen>', 'exec'), ns); print(ns['r'], ns['Q']().m(), sorted(k for k in ns if k[0] != '_'))
try: exec('x = = 1')
except SyntaxError as e: print(type(e).__name__, e.lineno, e.filename)
try: eval('1 +')
except SyntaxError as e: print('syntax', e.lineno)
try: exec('raise KeyError("from text")')
except KeyError as e: print(e, e.__traceback__.tb_next.tb_frame.f_code.co_filename)
def f():
    loc = 1
    exec('loc = 2'); print(loc, sorted(locals()), eval('loc + 1'))
f()
code = compile('6 * 7', '<e>', 'eval'); print(eval(code), code.co_filename, type(code).__name__)
print(builtins.len is len, builtins.print is print, __builtins__ is builtins or isinstance(__builtins__, (dict, types.ModuleType)))
builtins.injected = 'everywhere'; print(injected); del builtins.injected
try: injected
except NameError as e: print(e)
real_len = builtins.len
builtins.len = lambda x: -1
print(len([1, 2])); builtins.len = real_len; print(len([1, 2]))
print(getattr(sys, 'maxsize') > 0, sys.argv[:0], sys.platform != '', type(sys.modules).__name__, sys.getrecursionlimit() > 0, sys.byteorder, callable(sys.exit), sys.intern('a') is 'a' if False else True)
m = types.ModuleType('m'); exec('def f(): return g()\ndef g(): return "g"', m.__dict__); print(m.f()); m.g = lambda: 'patched'; print(m.f())
class Lazy(types.ModuleType):
    def __getattr__(self, name): return 'lazy ' + name
lz = Lazy('lz'); print(lz.anything, lz.__name__); sys.modules['lz'] = lz; from lz import whatever; print(whatever)
def mk(n):
    class C:
        attr = n
        def get(self): return n, self.attr, __class__.__name__
    return C
print(mk(1)().get(), mk(2).attr, mk(3).__qualname__)
print([*map(type, (1, 1.0, '', b'', [], (), {}, set(), None, True, ..., int))] == [int, float, str, bytes, list, tuple, dict, set, type(None), bool, type(...), type])
print(isinstance(1, (str, int)), issubclass(bool, int), type(1) == int, type('X', (object,), {'a': 1})().a, callable(f), hash('a') == hash('a'), id(g) == id(globals()), dir(types.SimpleNamespace(a=1))[-1], vars(types.SimpleNamespace(b=2)))
try: sys.exit(3)
except SystemExit as e: print('exit', e.code)
try: exit
except NameError: print('no exit')
print(all([]), any([]), all(x for x in [1, 0]), sum([]), max('a', 'b'), min([3, 1], key=lambda x: -x), sorted('bca', key=str.lower), list(reversed([1, 2])), pow(2, 5, 3), abs(-1.5), divmod(7, 2), round(1.5), zip, ord('x'))
if __name__ == '__main__': print('main guard')
# expect: 5 True True True
# expect: 6 12 12 3
# expect: [1, 2] m ['Q', 'math', 'r']
# expect: SyntaxError 1 <string>
# expect: syntax 1
# expect: 'from text' <string>
# expect: 1 ['loc'] 2
# expect: 42 <e> code
# expect: True True True
# expect: everywhere
# expect: name 'injected' is not defined
# expect: -1
# expect: 2
# expect: True [] True dict True little True True
# expect: g
# expect: patched
# expect: lazy anything lz
# expect: lazy whatever
# expect: (1, 1, 'C') 2 mk.<locals>.C
# expect: True
# expect: True True True 1 True True True a {'b': 2}
# expect: exit 3
# expect: True False False 0 b 3 ['a', 'b', 'c'] [2, 1] 2 1.5 (3, 1) 2 <class 'zip'> 120
# expect: main guard
