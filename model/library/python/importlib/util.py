"""importlib.util for designs of our own; on CPython's the installed file of that name is run, as it is."""

import _imp
import sys
import types
import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external
from importlib.abc import Loader

module_from_spec = _bootstrap.module_from_spec
spec_from_loader = _bootstrap.spec_from_loader
spec_from_file_location = _external.spec_from_file_location
cache_from_source = _external.cache_from_source
_find_spec_unlocked = _bootstrap._find_spec
MAGIC_NUMBER = getattr(_external, 'MAGIC_NUMBER', b'\x00\x00\r\n')
if hasattr(_external, 'source_from_cache'):
    source_from_cache = _external.source_from_cache
    decode_source = _external.decode_source


if sys.version_info >= (3, 7):
    def source_hash(source_bytes):
        return _imp.source_hash(int.from_bytes(MAGIC_NUMBER, 'little'), source_bytes)


def resolve_name(name, package):
    if not name.startswith('.'):
        return name
    if not package:
        text = f'no package specified for {name!r} (required for relative module names)'
        raise ImportError(text) if sys.version_info >= (3, 9) else ValueError(text)
    level = 0
    for character in name:
        if character != '.':
            break
        level += 1
    return _bootstrap._resolve_name(name[level:], package, level)


def find_spec(name, package=None):
    fullname = resolve_name(name, package) if name.startswith('.') else name
    if fullname not in sys.modules:
        parent_name = fullname.rpartition('.')[0]
        if not parent_name:
            return _find_spec_unlocked(fullname, None)
        parent = __import__(parent_name, fromlist=['__path__'])
        try:
            parent_path = parent.__path__
        except AttributeError as e:
            if sys.version_info < (3, 7):
                raise
            raise ModuleNotFoundError(f'__path__ attribute not found on {parent_name!r} while trying to find {fullname!r}',
                                      name=fullname) from e
        return _find_spec_unlocked(fullname, parent_path)
    module = sys.modules[fullname]
    if module is None:
        return None
    try:
        spec = module.__spec__
    except AttributeError:
        raise ValueError('{}.__spec__ is not set'.format(name)) from None
    if spec is None:
        raise ValueError('{}.__spec__ is None'.format(name))
    return spec


def _changes(then, now):
    """What was put into the module after it was made lazy."""
    return {key: value for key, value in now.items() if key not in then or now[key] is not then[key]}


def _check_not_substituted(module, name):
    if name in sys.modules and module is not sys.modules[name]:
        raise ValueError(f'module object for {name!r} substituted in sys.modules during a lazy load')


class _LazyModule(types.ModuleType):
    """A module that is loaded by the first attribute access."""

    if sys.version_info < (3, 13):
        def __getattribute__(self, attr):
            # First of all: no more of these accesses. Another thread sees an empty ordinary module from here on (gh-114763).
            self.__class__ = types.ModuleType
            original_name = self.__spec__.name
            updated = _changes(self.__spec__.loader_state['__dict__'], self.__dict__)
            self.__spec__.loader.exec_module(self)
            _check_not_substituted(self, original_name)
            self.__dict__.update(updated)
            return getattr(self, attr)
    else:
        def __getattribute__(self, attr):
            # 3.13: under a lock, and the class is changed last.
            spec = object.__getattribute__(self, '__spec__')
            state = spec.loader_state
            with state['lock']:
                if object.__getattribute__(self, '__class__') is _LazyModule:
                    plain_class = state['__class__']
                    if state['is_loading']:
                        return plain_class.__getattribute__(self, attr)
                    state['is_loading'] = True
                    namespace = plain_class.__getattribute__(self, '__dict__')
                    original_name = spec.name
                    updated = _changes(state['__dict__'], namespace)
                    spec.loader.exec_module(self)
                    _check_not_substituted(self, original_name)
                    namespace.update(updated)
                    if isinstance(self, _LazyModule):
                        object.__setattr__(self, '__class__', plain_class)
            return getattr(self, attr)

    def __delattr__(self, attr):
        self.__getattribute__(attr)
        delattr(self, attr)


class LazyLoader(Loader):
    @staticmethod
    def _check_eager_loader(loader):
        if not hasattr(loader, 'exec_module'):
            raise TypeError('loader must define exec_module()')

    @classmethod
    def factory(cls, loader):
        cls._check_eager_loader(loader)
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def __init__(self, loader):
        self._check_eager_loader(loader)
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        state = {}
        if sys.version_info >= (3, 13):
            import threading
            state['lock'] = threading.RLock()
            state['is_loading'] = False
        module.__spec__.loader = self.loader
        module.__loader__ = self.loader
        state['__dict__'] = module.__dict__.copy()
        state['__class__'] = module.__class__
        module.__spec__.loader_state = state
        module.__class__ = _LazyModule
