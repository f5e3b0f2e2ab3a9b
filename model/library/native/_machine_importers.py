"""Finder and loader of the scenario's files: what PathFinder, FileFinder and SourceFileLoader are in CPython.

`importlib` is injected: the loaded `_bootstrap` module of the design; and `sys`.
"""

import _imp
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


class ExtensionFileLoader:
    """Of NAME.native.py, which stands for an extension module."""

    def __init__(self, name, path):
        self.name = name
        self.path = path

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)

    def create_module(self, spec):
        return importlib._call_with_frames_removed(_imp.create_dynamic, spec)

    def exec_module(self, module):
        importlib._call_with_frames_removed(_imp.exec_dynamic, module)

    def is_package(self, fullname):
        return self.path.rpartition('/')[2] == '__init__.native.py'

    def get_code(self, fullname):
        return None

    def get_source(self, fullname):
        return None

    def get_filename(self, fullname=None):
        return self.path


class ScenarioFinder:
    """On sys.meta_path as a class, as PathFinder is."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        _lockweave.io()  # stat and listdir
        tail = fullname.rpartition('.')[2]
        portions = []
        for folder in sys.path if path is None else path:
            found = _lockweave.find_file(folder, tail) if isinstance(folder, str) else None
            if found is None:
                continue
            file, is_package = found
            if is_package is not None:
                return spec_of_file(fullname, file, is_package)
            portions.append(file)
        if portions:
            return namespace_spec(fullname, portions)
        if _lockweave.is_not_modelled(fullname):
            _lockweave.unsupported(f"the module '{fullname}' of the standard library is not modelled; "
                                   f"a file {fullname.partition('.')[0]}.py in the scenario can stand in for it")
        return None

    @classmethod
    def find_module(cls, fullname, path=None):
        spec = cls.find_spec(fullname, path)
        return None if spec is None else spec.loader

    @staticmethod
    def invalidate_caches():
        pass


def spec_of_file(fullname, file, is_package, loader=None):
    if loader is None:
        loader = (ExtensionFileLoader if file.endswith('.native.py') else ScenarioLoader)(fullname, file)
    spec = importlib.ModuleSpec(fullname, loader, origin=file, is_package=is_package)
    spec._set_fileattr = True  # so that the module gets __file__
    if not file.endswith('.native.py'):
        spec.cached = cache_from_source(file)
    if is_package:
        spec.submodule_search_locations = [file.rpartition('/')[0]]
    return spec


def namespace_spec(fullname, portions):
    spec = importlib.ModuleSpec(fullname, None, is_package=True)
    spec.submodule_search_locations = _NamespacePath(portions)
    return spec


class _NamespacePath:
    """The folders of a namespace package. Unlike CPython's it does not look at the parent's path again."""

    def __init__(self, portions):
        self._path = list(portions)

    def __iter__(self):
        return iter(self._path)

    def __getitem__(self, index):
        return self._path[index]

    def __len__(self):
        return len(self._path)

    def __contains__(self, item):
        return item in self._path

    def append(self, item):
        self._path.append(item)

    def __repr__(self):
        return f'_NamespacePath({self._path!r})'


path_hooks = []
path_importer_cache = {}


# --- what importlib's own text asks of `_bootstrap_external`

SourceFileLoader = ScenarioLoader
PathFinder = ScenarioFinder


def cache_from_source(path, debug_override=None, *, optimization=None):
    folder, slash, name = path.rpartition('/')
    stem = name.rpartition('.')[0] or name
    tag = f'cpython-{sys.version_info[0]}{sys.version_info[1]}'
    return f'{folder}{slash}__pycache__/{stem}.{tag}.pyc'


def source_from_cache(path):
    folder, slash, name = path.rpartition('/')
    above, slash, cache = folder.rpartition('/')
    if cache != '__pycache__':
        raise ValueError(f'__pycache__ not bottom-level directory in {path!r}')
    dots = name.count('.')
    if dots not in {2, 3}:
        raise ValueError(f'expected only 2 or 3 dots in {name!r}')
    optimization = name.rsplit('.', 2)[-2] if dots == 3 else 'opt-'
    if not optimization.startswith('opt-'):
        raise ValueError("optimization portion of filename does not start with 'opt-'")
    if dots == 3 and not optimization[len('opt-'):].isalnum():
        raise ValueError(f"optimization level {optimization!r} is not an alphanumeric value")
    return f"{above}{slash}{name.partition('.')[0]}.py"


# Lib/importlib/_bootstrap_external.py of each release
_MAGIC_NUMBERS = {6: 3379, 7: 3394, 8: 3413, 9: 3425, 10: 3439, 11: 3495, 12: 3531, 13: 3571}
MAGIC_NUMBER = _MAGIC_NUMBERS[sys.version_info[1]].to_bytes(2, 'little') + b'\r\n'
_RAW_MAGIC_NUMBER = int.from_bytes(MAGIC_NUMBER, 'little')


def decode_source(source_bytes):
    if b'coding' in source_bytes.partition(b'\n')[0] + source_bytes.partition(b'\n')[2].partition(b'\n')[0]:
        _lockweave.unsupported('a source with a declaration of its encoding cannot be decoded here')
    text = bytes(source_bytes).decode('utf-8')
    if text.startswith('\ufeff'):
        text = text[1:]
    return text.replace('\r\n', '\n').replace('\r', '\n')


def _get_cached(filename):
    return cache_from_source(filename) if filename.endswith('.py') else None


_unset = object()


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_unset):
    if location is None:
        location = '<unknown>'
        if hasattr(loader, 'get_filename'):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    if loader is None:
        if not location.endswith('.py'):
            return None
        loader = ScenarioLoader(name, location)
    spec = importlib.ModuleSpec(name, loader, origin=location)
    spec._set_fileattr = True
    if submodule_search_locations is _unset:
        if hasattr(loader, 'is_package'):
            try:
                if loader.is_package(name):
                    spec.submodule_search_locations = []
            except ImportError:
                pass
    else:
        spec.submodule_search_locations = submodule_search_locations
    if spec.submodule_search_locations == []:
        spec.submodule_search_locations.append(location.rpartition('/')[0])
    return spec


class NamespaceLoader:
    """A package without a body."""

    def __init__(self, name, path, path_finder=None):
        self._path = path

    def is_package(self, fullname):
        return True

    def get_source(self, fullname):
        return ''

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        pass


_NamespaceLoader = NamespaceLoader


class LibraryFinder:
    """Finds the machine's own modules in designs whose importlib has no BuiltinImporter."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        import _imp
        if not _imp.is_builtin(fullname):
            return None
        return importlib.ModuleSpec(fullname, cls, origin='built-in')

    @staticmethod
    def create_module(spec):
        import _imp
        return _imp.create_builtin(spec)

    @staticmethod
    def exec_module(module):
        pass


def _install(bootstrap):
    """To 3.6, importlib's own _install goes on with that of _frozen_importlib_external."""
