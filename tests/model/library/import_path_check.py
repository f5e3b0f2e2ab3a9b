"""Whole imports on our texts: import_c + an importlib + our finder and loader + the importlib package, on a real Python.

    python3 import_path_check.py FOLDER...     FOLDER: an importlib folder (Lib/importlib) of an installed CPython

Besides those folders the designs of our own are run. The texts' version is taken from the folder's `python3.N`.
"""

import os
import re
import sys
import types

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import library_sandbox

SCENARIO = {
    'main.py': '''
import a, pkg.sub
import pkg.sub as renamed
from pkg import sub, lazy_one
from pkg import *
print(a.b.x, pkg.sub.y, renamed is sub, lazy_one.z, public, a.__spec__.name, a.__file__, pkg.__path__, sub.__package__)
for statement in ('import nothing', 'import a.nothing', 'from a import nothing', 'import fails', 'import pkg.broken', 'from pkg import nothing'):
    try:
        exec(statement)
    except ImportError as e:
        print(type(e).__name__, e)
    except ValueError as e:
        print('ValueError', e)
import sys
print('fails' in sys.modules, 'pkg.broken' in sys.modules)
sys.modules['halted'] = None
try:
    import halted
except ImportError as e:
    print(e)
import importlib, importlib.util, importlib.machinery, importlib.abc
print(importlib.import_module('pkg.sub') is sub, importlib.import_module('.sub', 'pkg') is sub)
a.count = 5
print(importlib.reload(a) is a, a.count, a.b.x)
try:
    importlib.reload(5)
except (TypeError, AttributeError) as e:
    print('cannot reload')
try:
    importlib.import_module('.x')
except TypeError as e:
    print(e)
print(importlib.util.find_spec('pkg.sub').origin, importlib.util.find_spec('absent'), importlib.util.find_spec('.sub', 'pkg').name,
      importlib.util.find_spec('fails').loader.__class__.__name__, importlib.util.resolve_name('..x', 'p.q'))
class Memory:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if fullname == 'made':
            return importlib.machinery.ModuleSpec(fullname, cls())
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        module.value = 'made in memory'
sys.meta_path.insert(0, Memory)
import made
print(made.value)
class Loader(importlib.abc.Loader):
    def exec_module(self, module): module.w = 1
spec = importlib.util.spec_from_loader('loaded', Loader())
module = importlib.util.module_from_spec(spec); spec.loader.exec_module(module); print(module.w, module.__spec__ is spec)
if LAZY:
    spec = importlib.util.find_spec('lazy')
    spec.loader = importlib.util.LazyLoader(spec.loader)
    lazy = importlib.util.module_from_spec(spec); sys.modules['lazy'] = lazy; spec.loader.exec_module(lazy)
    print('not yet'); print(lazy.v, type(lazy) is type(sys))
import cycle_one
importlib.invalidate_caches()
''',
    'a.py': 'import b\ncount = 1\n', 'b.py': 'import a\nx = 2\n', 'fails.py': 'raise ValueError("no")\n', 'lazy.py': 'print("now"); v = 3\n',
    'pkg/__init__.py': 'public = "p"; _private = 1\nfrom . import sub\nfrom .sub import y\n', 'pkg/sub.py': 'y = 4\n',
    'pkg/lazy_one.py': 'from . import sub\nfrom .sub import y as z\n', 'pkg/broken.py': 'import missing_dependency\n',
    'cycle_one.py': 'import cycle_two\nvalue = 1\n', 'cycle_two.py': 'try:\n    from cycle_one import value\nexcept ImportError as e:\n    print(str(e).split("(")[0])\n',
}


def library_files():
    """python/*.py as files that the finder finds."""
    folder = os.path.join(library_sandbox.LIBRARY, 'python')
    for base, _, names in os.walk(folder):
        for name in names:
            if name.endswith('.py'):
                path = os.path.join(base, name)
                with open(path) as stream:
                    yield os.path.relpath(path, folder), stream.read()


def run_design(importlib_file, version, import_c):
    files = dict(library_files())
    files.update(SCENARIO)
    machine = library_sandbox.Machine(files)
    machine.lockweave.version = version
    fake_sys = machine.sys
    fake_sys.version_info = version + (0,)
    fake_sys.builtin_module_names = ()
    fake_sys.meta_path = []
    fake_sys.path = ['']
    for name in list(library_sandbox.INTRINSIC):
        machine.modules[name] = library_sandbox.INTRINSIC[name]
    machine.modules['_warnings'] = types.ModuleType('_warnings')
    machine.modules['_warnings'].warn = lambda *args, **keywords: None
    importlib = types.ModuleType('_frozen_importlib')
    importlib.__builtins__ = machine.builtins
    machine.modules['_frozen_importlib'] = importlib
    with open(importlib_file) as stream:
        text = stream.read()
    injected = dict(sys=fake_sys, _imp=library_sandbox._imp, _thread=library_sandbox._thread, _weakref=library_sandbox._weakref,
                    _warnings=machine.modules['_warnings'])
    importlib.__dict__.update(injected)
    exec(compile(text, importlib_file, 'exec'), importlib.__dict__)
    importlib.__dict__.update(injected)  # the newer ones begin by setting some to None
    if hasattr(importlib, '_blocking_on') and importlib._blocking_on is None:
        importlib._blocking_on = importlib._WeakValueDictionary()
    importers = machine.modules['_machine_importers']
    importers.importlib = importlib
    importlib._bootstrap_external = machine.modules['_frozen_importlib_external'] = importers
    fake_sys.meta_path.append(importers.ScenarioFinder)
    for native in ('_abc', '_collections', '_functools', '_queue', '_threads', 'operator', 'heapq', 'itertools', 'io', 'time', 'atexit'):
        machine.find(native)
    text = {'VERSION': version, 'sys': fake_sys, 'modules': machine.modules, 'importlib': importlib, '__builtins__': machine.builtins}
    for file in ('common.py', import_c):
        path = os.path.join(library_sandbox.ROOT, 'specs', 'import_c', file)
        with open(path) as stream:
            exec(compile(stream.read(), path, 'exec'), text)
    machine.builtins['__import__'] = text['builtins_import']
    machine.builtins['LAZY'] = 'CPython' if hasattr(importlib, '_ImportLockContext') else ''
    return machine.run(SCENARIO['main.py'], 'main.py')


EXPECTED = '''2 4 True 4 p a a.py ['pkg'] pkg
ModuleNotFoundError No module named 'nothing'
ModuleNotFoundError No module named 'a.nothing'; 'a' is not a package
ImportError cannot import name 'nothing' from 'a' (a.py)
ValueError no
ModuleNotFoundError No module named 'missing_dependency'
ImportError cannot import name 'nothing' from 'pkg' (pkg/__init__.py)
False False
import of halted halted; None in sys.modules
True True
True 1 2
cannot reload
the 'package' argument is required to perform a relative import for '.x'
pkg/sub.py None pkg.sub ScenarioLoader p.x
made in memory
1 True
not yet
now
3 True
cannot import name 'value' from partially initialized module 'cycle_one'
'''


def simplified(text, lazy=True):
    """Without what differs between versions: how a failing from-import words its message."""
    lines = []
    for line in text.splitlines():
        line = re.sub(r"cannot import name '?(\w+)'?.*", r"cannot import name \1", line)
        line = re.sub(r"No module named '?([\w.]+)'?(;.*)?$", r"No module named \1", line)
        line = line.replace("'halted'", 'halted')
        line = line.replace('No module named halted', 'import of halted halted; None in sys.modules')
        if lazy or line not in ('not yet', 'now', '3 True'):
            lines.append(line)
    return lines


def main():
    failed = 0
    designs = []
    for folder in sys.argv[1:]:
        minor = int(re.search(r'python3\.(\d+)', folder).group(1))
        designs.append(('3.%d' % minor, os.path.join(folder, '_bootstrap.py'), (3, minor), 'import_statement.py'))
    own = os.path.join(library_sandbox.ROOT, 'specs', 'designs')
    for name, import_c in (('no-lock', 'plain.py'), ('textbook', 'plain.py'), ('global-lock', '3.2.py'), ('per-module', '3.3.py')):
        file = os.path.join(own, name, 'importlib.py')
        if os.path.exists(file):
            designs.append((name, file, (3, 12), import_c))
    for name, file, version, import_c in designs:
        try:
            output = run_design(file, version, import_c)
        except Exception:
            import traceback
            traceback.print_exc()
            output = 'failed'
        lazy = not name[0].isalpha()
        if simplified(output, lazy) != simplified(EXPECTED, lazy):
            failed += 1
            print('DIFFERENT', name)
            for wanted, got in zip(simplified(EXPECTED, lazy) + ['-'] * 30, simplified(output, lazy)):
                if wanted != got:
                    print('   wanted', wanted, '\n   got   ', got)
    print('%d designs, %d differ' % (len(designs), failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
