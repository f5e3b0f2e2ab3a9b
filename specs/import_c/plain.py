"""The C side of import at its simplest, for designs written to be read. common.py runs before it.

The design's importlib needs only `_find_and_load(name, import_)`. What is in sys.modules and not `__spec__._initializing` is returned as
it is. A module that is still initialising is for importlib to judge: through `_lock_unlock_module(name)` if it has that (the module
found first is then returned), else through `_find_and_load`. If it has `_handle_fromlist(module, fromlist, import_)`, that takes care of
submodules.
"""


def import_name(name, globals, locals, fromlist, level):
    check_arguments(name, level)
    abs_name = resolve_name(name, globals, level) if level > 0 else name
    module = import_module(abs_name)
    if fromlist:
        return with_fromlist(module, fromlist)
    if '.' not in name:
        return module
    return import_module(front_name(name, abs_name))


def import_module(name):
    module = look_up(name)
    if module is _absent or module is None:
        return importlib._find_and_load(name, builtins_import)
    if not is_initializing(module):
        return module
    if not hasattr(importlib, '_lock_unlock_module'):
        return importlib._find_and_load(name, builtins_import)
    importlib._lock_unlock_module(name)
    return module


def is_initializing(module):
    return True if getattr(getattr(module, '__spec__', None), '_initializing', False) else False


def with_fromlist(module, fromlist):
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
                import_module(submodule)
            except ModuleNotFoundError as error:
                if error.name != submodule:
                    raise  # the submodule is there, something it imports is not
    return module


def import_from(module, name):
    value = getattr(module, name, _absent)
    if value is _absent:
        value = look_up(f"{getattr(module, '__name__', '')}.{name}")
    if value is _absent:
        raise ImportError(f"cannot import name {name!r} from {getattr(module, '__name__', '?')!r}")
    return value


def builtins_import(name, globals=_absent, locals=_absent, fromlist=(), level=0):
    return import_name(name, globals, locals, fromlist, level)
