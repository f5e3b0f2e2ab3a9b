import sys, importlib.util, importlib
order = []
BODIES = {'n_a': ['n_b', 'n_c'], 'n_b': ['n_c'], 'n_c': ['n_a']}
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name in BODIES:
            order.append('find ' + name)
            return importlib.util.spec_from_loader(name, self)
    def create_module(self, spec): return None
    def exec_module(self, module):
        order.append('begin ' + module.__name__)
        for n in BODIES[module.__name__]:
            setattr(module, n, importlib.import_module(n))
        module.done = True
        order.append('end ' + module.__name__)
finder = Finder()
sys.meta_path.insert(0, finder)
import n_a
for line in order: print(line)
print(n_a.n_b.n_c.n_a is n_a, n_a.done)
sys.meta_path.remove(finder)
# expect: find n_a
# expect: begin n_a
# expect: find n_b
# expect: begin n_b
# expect: find n_c
# expect: begin n_c
# expect: end n_c
# expect: end n_b
# expect: end n_a
# expect: True True
