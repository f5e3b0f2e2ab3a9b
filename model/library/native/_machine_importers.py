"""Finder and loader of the scenario's files: what PathFinder, FileFinder and SourceFileLoader are in CPython.

`importlib` is injected: the loaded `_bootstrap` module of the design.
"""

import _lockweave


class ScenarioLoader:
    def __init__(self, fullname, path):
        self.name = fullname
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f'cannot load module {module.__name__!r} when get_code() returns None')
        importlib._call_with_frames_removed(exec, code, module.__dict__)

    def load_module(self, fullname):
        return importlib._load_module_shim(self, fullname)

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        _lockweave.io()  # reads the file
        return _lockweave.file_code(path)

    def get_source(self, fullname):
        path = self.get_filename(fullname)
        _lockweave.io()
        return _lockweave.file_source(path)

    def get_data(self, path):
        _lockweave.io()
        return _lockweave.file_source(path).encode()

    def is_package(self, fullname):
        name = self.get_filename(fullname).rpartition('/')[2]
        return name == '__init__.py' and fullname.rpartition('.')[2] != '__init__'

    def get_filename(self, name=None):
        if name is not None and name != self.name:
            raise ImportError(f'loader for {self.name} cannot handle {name}', name=name)
        return self.path


class ScenarioFinder:
    """On sys.meta_path as a class, as PathFinder is."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        _lockweave.io()  # stat and listdir
        found = _lockweave.find_file(fullname)
        if found is None:
            return None
        file, is_package = found
        return spec_of_file(fullname, file, is_package)

    @classmethod
    def find_module(cls, fullname, path=None):
        spec = cls.find_spec(fullname, path)
        return None if spec is None else spec.loader

    @staticmethod
    def invalidate_caches():
        pass


def spec_of_file(fullname, file, is_package, loader=None):
    if loader is None:
        loader = ScenarioLoader(fullname, file)
    spec = importlib.ModuleSpec(fullname, loader, origin=file, is_package=is_package)
    spec._set_fileattr = True  # so that the module gets __file__
    if is_package:
        spec.submodule_search_locations = [file.rpartition('/')[0]]
    return spec


path_hooks = []
path_importer_cache = {}
