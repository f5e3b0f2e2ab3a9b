import sys, types, importlib.machinery, importlib.util
class Special(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError(name)
        return 'special ' + name
class Loader:
    def __init__(self, log): self.log = log
    def create_module(self, spec):
        self.log.append('create ' + spec.name)
        return Special(spec.name)
    def exec_module(self, module):
        self.log.append('exec ' + module.__name__)
        self.log.append(module.__spec__._initializing)
        module.ready = module.__name__ in sys.modules
log = []
class Finder:
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name == 'special':
            return importlib.machinery.ModuleSpec(name, Loader(log), origin='made up')
finder = Finder
sys.meta_path.append(finder)
import special
print(type(special).__name__, special.anything, special.ready, log)
from special import whatever
print(whatever, special.__spec__.origin, special.__spec__._initializing)
sys.meta_path.remove(finder)
# expect: Special special anything True ['create special', 'exec special', True]
# expect: special whatever made up False
