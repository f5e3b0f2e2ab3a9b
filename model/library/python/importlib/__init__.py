"""importlib: the functions of Lib/importlib/__init__.py over the design's `_bootstrap`, with that version's order of operations."""

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']

import _imp
import sys
import _lockweave
import _frozen_importlib as _bootstrap

_bootstrap.__name__ = 'importlib._bootstrap'
_bootstrap.__package__ = 'importlib'
sys.modules['importlib._bootstrap'] = _bootstrap

import _frozen_importlib_external as _bootstrap_external

_bootstrap_external.__name__ = 'importlib._bootstrap_external'
_bootstrap_external.__package__ = 'importlib'
sys.modules['importlib._bootstrap_external'] = _bootstrap_external

# Designs of our own have no importlib.__import__; the builtin one does the same there.
__import__ = getattr(_bootstrap, '__import__', __import__)


def invalidate_caches():
    for finder in sys.meta_path:
        if hasattr(finder, 'invalidate_caches'):
            finder.invalidate_caches()


def import_module(name, package=None):
    level = 0
    if name.startswith('.'):
        if not package:
            raise TypeError("the 'package' argument is required to perform a relative import for {!r}".format(name))
        for character in name:
            if character != '.':
                break
            level += 1
    return _bootstrap._gcd_import(name[level:], package, level)


_RELOADING = {}


def reload(module):
    if _lockweave.version < (3, 10):
        if not module or not isinstance(module, type(sys)):
            raise TypeError("reload() argument must be a module")
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            if _lockweave.version < (3, 10):
                raise
            raise TypeError("reload() argument must be a module")

    if sys.modules.get(name) is not module:
        raise ImportError("module {} not in sys.modules".format(name), name=name)
    if name in _RELOADING:
        return _RELOADING[name]
    _RELOADING[name] = module
    try:
        parent_name = name.rpartition('.')[0]
        if parent_name:
            try:
                parent = sys.modules[parent_name]
            except KeyError:
                raise ImportError("parent {!r} not in sys.modules".format(parent_name), name=parent_name) from None
            else:
                pkgpath = parent.__path__
        else:
            pkgpath = None
        target = module
        spec = module.__spec__ = _bootstrap._find_spec(name, pkgpath, target)
        if spec is None and _lockweave.version >= (3, 7):
            raise ModuleNotFoundError("spec not found for the module {!r}".format(name), name=name)
        _bootstrap._exec(spec, module)
        return sys.modules[name]  # a module may have put another one in its place
    finally:
        try:
            del _RELOADING[name]
        except KeyError:
            pass
