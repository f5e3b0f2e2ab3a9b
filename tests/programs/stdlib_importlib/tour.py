import sys, types, importlib, importlib.util, importlib.machinery, os, weakref, gc
m = types.ModuleType('dyn', 'doc text')
m.x = 1; sys.modules['dyn'] = m
import dyn
from dyn import x
print(dyn is m, x, m.__name__, m.__doc__, m.__spec__, m.__loader__, m.__package__, repr(m), sorted(k for k in vars(m) if not k.startswith('__')))
try: importlib.reload(m)
except Exception as e: print(type(e).__name__, e)
print(importlib.import_module('dyn') is m, importlib.import_module('os.path') is os.path)
for f in (lambda: importlib.import_module('.rel'), lambda: importlib.import_module('nope.sub'), lambda: __import__('nope2'), lambda: importlib.import_module('dyn.sub')):
    try: f()
    except (ImportError, TypeError) as e: print(type(e).__name__, e)
del sys.modules['dyn']
try: import dyn
except ModuleNotFoundError as e: print(e)
sys.modules['blocked'] = None
try: import blocked
except ModuleNotFoundError as e: print(e)
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name.startswith('virt'):
            print('find', name, path)
            return importlib.machinery.ModuleSpec(name, Loader(), origin='nowhere', is_package=name == 'virt')
class Loader:
    def create_module(self, spec): print('create', spec.name); return None
    def exec_module(self, module): print('exec', module.__name__); module.value = len(module.__name__)
sys.meta_path.insert(0, Finder)
import virt.sub
from virt import value, sub as s2
print(virt.sub.value, value, s2 is virt.sub, virt.__path__, virt.sub.__package__, virt.__spec__.origin, virt.__spec__.has_location)
print(importlib.reload(virt.sub) is s2, importlib.util.find_spec('virt').name, importlib.util.find_spec('absent_mod'))
spec = importlib.util.spec_from_loader('manual', Loader())
mod = importlib.util.module_from_spec(spec); print(mod.__spec__ is spec, 'manual' in sys.modules); spec.loader.exec_module(mod); print(mod.value)
importlib.invalidate_caches()
os.environ['LW_TEST'] = 'v'; print(os.environ['LW_TEST'], os.environ.get('LW_NO'), 'LW_TEST' in os.environ, os.getenv('LW_TEST'), os.environ.pop('LW_TEST'), os.environ.setdefault('LW_D', 'd'))
del os.environ['LW_D']
try: os.environ['LW_D']
except KeyError as e: print('KeyError', e)
try: os.environ['A'] = 1
except TypeError as e: print(e)
print(isinstance(os.environ, dict), type(os.environ).__name__, os.path.join('a', 'b'), os.path.basename('/x/y.py'), os.sep)
class O: pass
o = O(); log = []
r = weakref.ref(o, lambda ref: log.append('dead')); f = weakref.finalize(o, log.append, 'final')
d = weakref.WeakValueDictionary(k=o); k = weakref.WeakKeyDictionary({o: 1}); w = weakref.WeakSet([o])
print(r() is o, len(d), len(k), len(w), d['k'] is o, k[o], o in w, f.alive, weakref.getweakrefcount(o) > 3)
del o
print(r(), log, len(d), len(k), len(w), 'k' in d, f.alive)
print(__name__, __file__.endswith('main.py') or __file__.endswith('.py'), __spec__, __package__, __doc__)
# expect: True 1 dyn doc text None None None <module 'dyn'> ['x']
# expect[-3.6]: AttributeError 'NoneType' object has no attribute 'name'
# expect[3.7+]: ModuleNotFoundError spec not found for the module 'dyn'
# expect: True True
# expect: TypeError the 'package' argument is required to perform a relative import for '.rel'
# expect: ModuleNotFoundError No module named 'nope'
# expect: ModuleNotFoundError No module named 'nope2'
# expect: ModuleNotFoundError No module named 'dyn.sub'; 'dyn' is not a package
# expect: No module named 'dyn'
# expect: import of blocked halted; None in sys.modules
# expect: find virt None
# expect: create virt
# expect: exec virt
# expect: find virt.sub []
# expect: create virt.sub
# expect: exec virt.sub
# expect: 8 4 True [] virt nowhere False
# expect: find virt.sub []
# expect: exec virt.sub
# expect: True virt None
# expect: create manual
# expect: True False
# expect: exec manual
# expect: 6
# expect: v None True v v d
# expect: KeyError 'LW_D'
# expect: str expected, not int
# expect: False _Environ a/b y.py /
# expect: True 1 1 1 True 1 True True True
# expect: None ['final', 'dead'] 0 0 0 False False
# expect: __main__ True None None None
