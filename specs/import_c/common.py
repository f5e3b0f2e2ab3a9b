"""What the C side of import has in common in all designs. The machine runs this text and then the design's own, in one namespace.

Injected: VERSION, the design's Python version as a tuple; sys; modules, the dictionary that sys.modules is when the program
starts (C goes on using it when a program binds sys.modules to another one); importlib, the loaded `_bootstrap` module.
"""

_absent = object()


def check_arguments(name, level):
    """Python/import.c, PyImport_ImportModuleLevelObject: before anything is looked up."""
    if not isinstance(name, str):
        raise TypeError("module name must be a string")
    if level < 0:
        raise ValueError("level must be >= 0")
    if level == 0 and name == '':
        raise ValueError("Empty module name")


def resolve_name(name, globals, level):
    """Python/import.c, resolve_name: from `.name` at some level to a full name. Its two warnings are not modelled."""
    if globals is _absent:
        raise KeyError("'__name__' not in globals")
    if not isinstance(globals, dict):
        raise TypeError("globals must be a dict")
    package = package_of(globals)
    if package == '':
        raise ImportError("attempted relative import with no known parent package")
    base = package
    for _ in range(1, level):
        base, dot, last = base.rpartition('.')
        if not dot:
            message = "attempted relative import beyond top-level package"
            # 3.9, bpo-37444: ImportError like every other failure of an import
            raise ImportError(message) if VERSION >= (3, 9) else ValueError(message)
    return f'{base}.{name}' if name else base


def package_of(globals):
    package = globals.get('__package__')
    spec = globals.get('__spec__')
    if package is not None:
        if not isinstance(package, str):
            raise TypeError("package must be a string")
        if spec is not None:
            package != spec.parent  # compared for a warning; a missing `parent` is an error
        return package
    if spec is not None:
        package = spec.parent
        if not isinstance(package, str):
            raise TypeError("__spec__.parent must be a string")
        return package
    if '__name__' not in globals:
        raise KeyError("'__name__' not in globals")
    package = globals['__name__']
    if not isinstance(package, str):
        raise TypeError("__name__ must be a string")
    if '__path__' in globals:
        return package
    parent, dot, last = package.rpartition('.')
    if not dot and VERSION < (3, 7):
        return package  # 3.6 takes a top-level module for a package here
    return parent


def look_up(name):
    """Python/import.c, import_get_module: the entry of sys.modules, or the absent marker."""
    return modules.get(name, _absent)


def PyImport_GetModule(name):
    """Python/import.c, for C code that wants a module without importing it: the entry of sys.modules, or the absent marker."""
    return look_up(name)


def PyImport_Import(name):
    """Python/import.c, for C code that imports: through builtins.__import__, then the entry of sys.modules."""
    __import__(name, {}, {}, [], 0)
    module = look_up(name)
    if module is _absent:
        raise KeyError(name)
    return module


def front_name(name, abs_name):
    """`import a.b` hands out a: the part of the full name up to the first dot of what was written."""
    cut = len(name) - len(name.partition('.')[0])
    return abs_name[:len(abs_name) - cut]


def import_star(module, locals):
    """Python/ceval.c, import_all_from."""
    try:
        names = module.__all__
        public_only = False
    except AttributeError:
        try:
            namespace = module.__dict__
        except AttributeError:
            raise ImportError("from-import-* object has no __dict__ and no __all__") from None
        names = list(namespace.keys())
        public_only = True
    index = 0
    while True:
        try:
            name = names[index]
        except IndexError:
            return
        index += 1
        if not isinstance(name, str):
            raise wrong_star_name(module, name, public_only)
        if public_only and name.startswith('_'):
            continue
        locals[name] = getattr(module, name)


def wrong_star_name(module, name, public_only):
    if VERSION < (3, 8):
        # 3.6 and 3.7 hand the name on and let getattr complain.
        return TypeError("attribute name must be string, not '" + type(name).__name__ + "'")
    if not isinstance(module.__name__, str):
        return TypeError("module __name__ must be a string, not " + type(module.__name__).__name__)
    kind, where = ('Key', '__dict__') if public_only else ('Item', '__all__')
    return TypeError(f"{kind} in {module.__name__}.{where} must be str, not {type(name).__name__}")
