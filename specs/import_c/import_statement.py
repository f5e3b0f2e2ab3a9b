"""The C side of import in CPython 3.6 to 3.13: Python/import.c and the IMPORT_ instructions of Python/ceval.c.

Runs as C does: no thread switch but inside what it calls (importlib, an odd module's attributes). common.py runs before it.
"""


def import_name(name, globals, locals, fromlist, level):
    """Python/import.c, PyImport_ImportModuleLevelObject: what the statement and builtins.__import__ run."""
    check_arguments(name, level)
    abs_name = resolve_name(name, globals, level) if level > 0 else name

    module = look_up(abs_name)
    if module is not _absent and module is not None:
        # The module read here is the one handed out, also when another one has taken its place after the wait (gh-143650).
        import_ensure_initialized(module, abs_name)
    else:
        module = importlib._find_and_load(abs_name, builtins_import)

    if fromlist is not None and fromlist:
        return with_fromlist(module, fromlist)
    if '.' not in name:
        return module
    front = front_name(name, abs_name)
    if level == 0:
        return import_name(front, _absent, None, None, 0)
    found = look_up(front)
    if found is _absent:
        raise KeyError(f"{front!r} not in sys.modules as expected")
    return found


def with_fromlist(module, fromlist):
    if VERSION < (3, 8):
        # 3.6 and 3.7 leave the test for __path__ to importlib.
        return importlib._handle_fromlist(module, fromlist, builtins_import)
    if getattr(module, '__path__', _absent) is _absent:
        return module
    return importlib._handle_fromlist(module, fromlist, builtins_import)


def import_ensure_initialized(module, abs_name):
    """Python/import.c; to 3.8 this stands in the middle of PyImport_ImportModuleLevelObject."""
    if is_initializing(module):
        importlib._lock_unlock_module(abs_name)


def is_initializing(module):
    """Objects/moduleobject.c, _PyModuleSpec_IsInitializing(module.__spec__)."""
    if VERSION >= (3, 13):
        # Only a missing attribute counts as "no"; any other error goes on.
        spec = getattr(module, '__spec__', _absent)
        if spec is _absent:
            return False
        return True if getattr(spec, '_initializing', False) else False
    try:
        return True if module.__spec__._initializing else False
    except BaseException:
        return False


def PyImport_GetModule(name):
    """Python/import.c; C code of 3.6 looks into the dictionary itself."""
    module = look_up(name)
    if VERSION >= (3, 9) and module is not _absent and module is not None:  # bpo-35943
        import_ensure_initialized(module, name)
    return module


def import_from(module, name):
    """Python/ceval.c, import_from: `from module import name`."""
    value = getattr(module, name, _absent)
    if value is not _absent:
        return value
    # bpo-17636: a submodule that is not bound on its parent yet
    package = getattr(module, '__name__', _absent)
    if isinstance(package, str):
        value = PyImport_GetModule(f'{package}.{name}')
        if value is not _absent:
            return value
    raise cannot_import(module, name, package)


def cannot_import(module, name, package):
    file = file_of(module)
    if VERSION < (3, 7):
        return ImportError(f"cannot import name {name!r}")
    if VERSION < (3, 8) and package is _absent and file is not None:
        # 3.7 makes the error with the AttributeError still pending.
        return SystemError("<class 'ImportError'> returned a result with an error set")
    shown = package if isinstance(package, str) else "<unknown module name>"
    if file is None:
        return import_error(f"cannot import name {name!r} from {shown!r} (unknown location)", package, None)
    if VERSION >= (3, 8) and is_initializing(module):
        return import_error(f"cannot import name {name!r} from partially initialized module {shown!r} "
                            f"(most likely due to a circular import) ({file})", package, file)
    return import_error(f"cannot import name {name!r} from {shown!r} ({file})", package, file)


def import_error(message, package, file):
    error = ImportError(message)
    error.name = package if isinstance(package, str) else None
    error.path = file
    return error


def file_of(module):
    """Objects/moduleobject.c, PyModule_GetFilenameObject: only of a real module, only a string."""
    if not isinstance(module, type(sys)):
        return None
    file = module.__dict__.get('__file__')
    return file if isinstance(file, str) else None


def builtins_import(name, globals=_absent, locals=_absent, fromlist=(), level=0):
    """builtins.__import__."""
    if VERSION < (3, 11) and not isinstance(name, str):
        raise TypeError("__import__() argument 1 must be str, not " + type(name).__name__)
    return import_name(name, globals, locals, fromlist, level)
