import sys, importlib.util
class Loader:
    def __init__(self, how): self.how = how
    def create_module(self, spec):
        if self.how == 'create': raise ValueError('create failed')
    def exec_module(self, module):
        print('in sys.modules:', module.__name__ in sys.modules)
        if self.how == 'exec': raise ValueError('exec failed')
        if self.how == 'remove': sys.modules.pop(module.__name__); sys.modules[module.__name__] = 'substitute'
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == 'x_find': raise ValueError('find failed')
        if name.startswith('x_'):
            return importlib.util.spec_from_loader(name, Loader(name[2:]))
finder = Finder()
sys.meta_path.insert(0, finder)
for name in ('x_find', 'x_create', 'x_exec', 'x_remove', 'x_ok'):
    try:
        module = __import__(name)
        print(name, 'imported', type(module).__name__)
    except ValueError as e:
        print(name, e)
    print(name in sys.modules)
class NoMethod: pass
bad = NoMethod()
sys.meta_path.insert(0, bad)
try:
    import y_nothing
except (ImportError, AttributeError) as e:
    print(type(e).__name__)
sys.meta_path.remove(bad)
sys.meta_path.remove(finder)
# expect: x_find find failed
# expect: False
# expect: x_create create failed
# expect: False
# expect: in sys.modules: True
# expect: x_exec exec failed
# expect: False
# expect: in sys.modules: True
# expect: x_remove imported str
# expect: True
# expect: in sys.modules: True
# expect: x_ok imported module
# expect: True
# expect[-3.11]: AttributeError
# expect[3.12+]: ModuleNotFoundError
