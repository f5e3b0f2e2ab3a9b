import importlib
class Finder:
    def find_spec(self, name, path=None, target=None):
        return importlib.import_module(name + "x")
import sys
sys.meta_path.insert(0, Finder())
import absent
