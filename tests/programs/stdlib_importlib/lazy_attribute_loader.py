import sys, types, importlib.util
class Lazy(types.ModuleType):
    def __getattribute__(self, name):
        d = object.__getattribute__(self, '__dict__')
        if name not in d and not name.startswith('__'):
            load = d.pop('_load', None)
            if load:
                print('loading because of', name)
                load(self)
        return object.__getattribute__(self, name)
def body(module):
    module.value = 'loaded value'
lazy = Lazy('lazy')
lazy.__dict__['_load'] = body
sys.modules['lazy'] = lazy
import lazy
print('imported')
print(lazy.value)
print(lazy.value)
from lazy import value
print(value)
del sys.modules['lazy']
# expect: imported
# expect: loading because of value
# expect: loaded value
# expect: loaded value
# expect: loaded value
