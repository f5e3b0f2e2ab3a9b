"""The C side of import up to CPython 3.2: one lock around every import, module bodies included. common.py runs before it.

Python/import.c of 3.2, PyImport_ImportModuleLevel: lock_import; the whole import; unlock_import. There is no fast path: a module that
is in sys.modules is looked up under the lock too, so every import of every thread waits while one is running. The lock is `_imp`'s
(recursive: a thread that imports while it imports goes on). The design's importlib has `_find_and_load(name, import_)`,
called with the lock held, and may have `_handle_fromlist(module, fromlist, import_)`.
"""

import _imp


def import_name(name, globals, locals, fromlist, level):
    check_arguments(name, level)
    _imp.acquire_lock()
    try:
        return import_locked(name, globals, fromlist, level)
    finally:
        _imp.release_lock()  # "not holding the import lock" is its RuntimeError


def import_locked(name, globals, fromlist, level):
    abs_name = resolve_name(name, globals, level) if level > 0 else name
    module = load_if_absent(abs_name)
    if fromlist:
        return with_fromlist(module, fromlist)
    if '.' not in name:
        return module
    return load_if_absent(front_name(name, abs_name))


def load_if_absent(name):
    module = look_up(name)
    if module is _absent:
        return importlib._find_and_load(name, builtins_import)
    if module is None:
        raise ImportError(f"No module named {name}")
    return module


def with_fromlist(module, fromlist):
    """Python/import.c of 3.2, ensure_fromlist."""
    if not hasattr(module, '__path__'):
        return module
    if hasattr(importlib, '_handle_fromlist'):
        return importlib._handle_fromlist(module, fromlist, builtins_import)
    for item in fromlist:
        if item == '*':
            with_fromlist(module, [part for part in getattr(module, '__all__', ()) if part != '*'])
        elif not hasattr(module, item):
            submodule = f'{module.__name__}.{item}'
            try:
                load_if_absent(submodule)
            except ModuleNotFoundError as error:
                if error.name != submodule:
                    raise
    return module


def import_from(module, name):
    """Python/ceval.c of 3.2, import_from: the attribute or nothing; no look into sys.modules (that came with bpo-17636, 3.5)."""
    try:
        return getattr(module, name)
    except AttributeError:
        raise ImportError(f"cannot import name {name}") from None


def builtins_import(name, globals=_absent, locals=_absent, fromlist=(), level=0):
    return import_name(name, globals, locals, fromlist, level)
