"""The C side of import in CPython 3.3, as first shipped with a lock per module. common.py runs before it.

Python/import.c of 3.3, PyImport_ImportModuleLevelObject: sys.modules is looked at under the global import lock, and it is importlib that
lets go of it. So the design's importlib has, both called with `_imp`'s lock held and both releasing it before they wait or load:
`_lock_unlock_module(name)` and `_find_and_load(name, import_)`; and `_handle_fromlist(module, fromlist, import_)`.
The missing second look under the module's own lock is bpo-30891.
"""

import _imp


def import_name(name, globals, locals, fromlist, level):
    check_arguments(name, level)
    abs_name = resolve_name(name, globals, level) if level > 0 else name
    module = import_module(abs_name)
    if fromlist:
        return importlib._handle_fromlist(module, fromlist, builtins_import)
    if '.' not in name:
        return module
    front = front_name(name, abs_name)
    if level == 0:
        return import_module(front)
    found = look_up(front)
    if found is _absent:
        raise KeyError(f"{front!r} not in sys.modules as expected")
    return found


def import_module(name):
    _imp.acquire_lock()
    module = look_up(name)
    if module is _absent:
        return importlib._find_and_load(name, builtins_import)  # releases the lock
    if module is None:
        _imp.release_lock()
        raise ImportError(f"import of {name!r} halted; None in sys.modules")
    if is_initializing(module):
        importlib._lock_unlock_module(name)  # releases the lock
    else:
        _imp.release_lock()
    return module


def is_initializing(module):
    """3.3 kept the mark on the module, 3.4 moved it to the spec; a design may use either."""
    try:
        if getattr(module, '__initializing__', False):
            return True
        return True if module.__spec__._initializing else False
    except Exception:
        return False


def import_from(module, name):
    """Python/ceval.c of 3.3, import_from: the attribute or nothing; no look into sys.modules (that came with bpo-17636, 3.5)."""
    try:
        return getattr(module, name)
    except AttributeError:
        raise ImportError(f"cannot import name {name}") from None


def builtins_import(name, globals=_absent, locals=_absent, fromlist=(), level=0):
    return import_name(name, globals, locals, fromlist, level)
