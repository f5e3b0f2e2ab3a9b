import sys, importlib.util, importlib.machinery
SOURCES = {'virtual': 'x = 1\nprint("virtual runs as", __name__)', 'vpkg': 'from . import inner', 'vpkg.inner': 'y = 2'}
class Finder:
    def find_spec(self, name, path=None, target=None):
        print('find', name, path)
        if name not in SOURCES:
            return None
        return importlib.util.spec_from_loader(name, Loader(), is_package=(name == 'vpkg'))
class Loader:
    def create_module(self, spec):
        return None
    def exec_module(self, module):
        exec(SOURCES[module.__name__], module.__dict__)
finder = Finder()
sys.meta_path.insert(0, finder)
import virtual
import virtual
print(virtual.x, virtual.__spec__.name, type(virtual.__loader__).__name__, virtual.__package__ == '')
import vpkg
print(vpkg.inner.y, vpkg.__path__, vpkg.inner.__package__)
try:
    import nothing_at_all
except ModuleNotFoundError as e:
    print(e)
sys.meta_path.remove(finder)
del sys.modules['virtual']
try:
    import virtual
except ModuleNotFoundError as e:
    print(e)
# expect: find virtual None
# expect: virtual runs as virtual
# expect: 1 virtual Loader True
# expect: find vpkg None
# expect: find vpkg.inner []
# expect: 2 [] vpkg
# expect: find nothing_at_all None
# expect: No module named 'nothing_at_all'
# expect: No module named 'virtual'
