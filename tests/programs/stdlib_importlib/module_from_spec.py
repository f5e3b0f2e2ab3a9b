import importlib.util, importlib.machinery, sys
class Loader:
    def create_module(self, spec): return None
    def exec_module(self, module): module.x = 'executed'
spec = importlib.util.spec_from_loader('by_hand', Loader(), origin='here')
print(spec.name, spec.origin, spec.submodule_search_locations, spec.parent == '', spec.has_location, spec.cached)
module = importlib.util.module_from_spec(spec)
print(module.__name__, module.__spec__ is spec, hasattr(module, 'x'), 'by_hand' in sys.modules)
spec.loader.exec_module(module)
print(module.x)
sys.modules['by_hand'] = module
import by_hand
print(by_hand is module)
spec = importlib.machinery.ModuleSpec('p.q', None, is_package=True)
print(spec.parent, spec.submodule_search_locations, spec.loader)
print(importlib.util.find_spec('by_hand') is module.__spec__, importlib.util.find_spec('surely_not_there'))
del sys.modules['by_hand']
print(importlib.util.resolve_name('.sub', 'pkg'), importlib.util.resolve_name('..x', 'a.b'), importlib.util.resolve_name('abs', None))
# expect: by_hand here None True False None
# expect: by_hand True False False
# expect: executed
# expect: True
# expect: p.q [] None
# expect: True None
# expect: pkg.sub a.x abs
