"""global-lock: one import lock for the whole interpreter, Python 2 and 3.0 to 3.2.

A thread takes the lock at the first import statement it comes to and keeps it until that
statement is done, while all the bodies it causes run. The lock is recursive, so nested
imports of the same thread go straight through, also in a cycle.

What this gives: no body runs twice, no other thread gets a half made module. What it
costs: every import of every thread waits for every other, and a body that waits for
another thread waits for ever if that thread imports anything at all. There is no search
for deadlocks: among imports alone there can be none, with a single lock.

The C side takes the lock too, looks into sys.modules with the lock held, and calls
_find_and_load for what is not there. Here the lock is taken once more, for those who do not
come by way of C: importlib.import_module and reload.
"""

_MISSING = object()


def _find_and_load(name, import_):
    _imp.acquire_lock()
    try:
        return _find_and_load_locked(name, import_)
    finally:
        _imp.release_lock()


def _find_and_load_locked(name, import_):
    module = sys.modules.get(name, _MISSING)
    if module is None:
        raise _halted(name)
    if module is not _MISSING:
        return module               # complete, or this thread itself is loading it
    parent_name, _, child = name.rpartition('.')
    path = None
    if parent_name:
        if parent_name not in sys.modules:
            _call_with_frames_removed(import_, parent_name)
        if name in sys.modules:     # the package imports its submodule itself
            return sys.modules[name]
        path = _path_of(sys.modules[parent_name], name)
    spec = _find_spec(name, path)
    if spec is None:
        raise _no_such_module(name)
    module = _load_unlocked(spec)
    if parent_name:
        setattr(sys.modules[parent_name], child, module)
    return module


def _load_unlocked(spec):
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    try:
        _run_body(spec, module)
    except:
        sys.modules.pop(spec.name, None)
        raise
    return sys.modules[spec.name]


def _exec(spec, module):
    """The second half of importlib.reload."""
    _imp.acquire_lock()
    try:
        if sys.modules.get(spec.name) is not module:
            raise ImportError('module {!r} not in sys.modules'.format(spec.name),
                              name=spec.name)
        _init_module_attrs(spec, module, override=True)
        _run_body(spec, module)
        return sys.modules[spec.name]
    finally:
        _imp.release_lock()


def _gcd_import(name, package=None, level=0):
    """importlib.import_module."""
    return _find_and_load(_absolute_name(name, package, level), _gcd_import)


def _find_spec(name, path, target=None):
    for finder in sys.meta_path:
        spec = finder.find_spec(name, path, target)
        if spec is not None:
            return spec
    return None


# ---- The same in all our designs: specs, modules, finders, names ----------------


class ModuleSpec:
    """What a finder tells about a module (3.4, PEP 451)."""

    _initializing = False       # the instance says True while the body runs

    def __init__(self, name, loader, *, origin=None, loader_state=None, is_package=None):
        self.name = name
        self.loader = loader
        self.origin = origin
        self.loader_state = loader_state
        self.submodule_search_locations = [] if is_package else None
        self.cached = None
        self._set_fileattr = False

    @property
    def has_location(self):
        """Is origin a file, so that the module gets __file__?"""
        return self._set_fileattr

    @has_location.setter
    def has_location(self, value):
        self._set_fileattr = bool(value)

    @property
    def parent(self):
        """The package that relative imports of the module start from."""
        if self.submodule_search_locations is None:
            return self.name.rpartition('.')[0]
        return self.name

    def __repr__(self):
        return 'ModuleSpec(name={!r}, origin={!r})'.format(self.name, self.origin)


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    if is_package is None and hasattr(loader, 'is_package'):
        is_package = loader.is_package(name)
    return ModuleSpec(name, loader, origin=origin, is_package=is_package)


def module_from_spec(spec):
    """A module with its attributes set and its body not yet run."""
    module = None
    if hasattr(spec.loader, 'create_module'):
        module = spec.loader.create_module(spec)
    if module is None:
        module = type(sys)(spec.name)
    return _init_module_attrs(spec, module)


def _init_module_attrs(spec, module, *, override=False):
    def put(attribute, value):
        if override or getattr(module, attribute, None) is None:
            setattr(module, attribute, value)

    put('__name__', spec.name)
    put('__loader__', spec.loader)
    put('__package__', spec.parent)
    module.__spec__ = spec
    if spec.submodule_search_locations is not None:
        put('__path__', spec.submodule_search_locations)
    if spec.has_location:
        put('__file__', spec.origin)
    return module


def _run_body(spec, module):
    if spec.loader is not None:         # None: a namespace package, it has no body
        _call_with_frames_removed(spec.loader.exec_module, module)


def _call_with_frames_removed(f, *args, **kwds):
    """Tracebacks leave out the frames of importlib that end in a call of this."""
    return f(*args, **kwds)


def _no_such_module(name, why=''):
    return ModuleNotFoundError('No module named {!r}'.format(name) + why, name=name)


def _halted(name):
    return ModuleNotFoundError(
        'import of {} halted; None in sys.modules'.format(name), name=name)


def _path_of(parent, name):
    """Where the submodules of an imported package are looked for."""
    try:
        return parent.__path__
    except AttributeError:
        why = '; {!r} is not a package'.format(name.rpartition('.')[0])
        raise _no_such_module(name, why) from None


def _resolve_name(name, package, level):
    """The absolute name of a relative import."""
    parts = package.rsplit('.', level - 1)
    if len(parts) < level:
        raise ImportError('attempted relative import beyond top-level package')
    return parts[0] + '.' + name if name else parts[0]


def _absolute_name(name, package, level):
    if level > 0:
        if not package:
            raise ImportError('attempted relative import with no known parent package')
        return _resolve_name(name, package, level)
    if not name:
        raise ValueError('Empty module name')
    return name


def _handle_fromlist(module, fromlist, import_, *, recursive=False):
    """from PACKAGE import NAMES: those that are not attributes may be submodules."""
    if not hasattr(module, '__path__'):
        return module
    for x in fromlist:
        if x == '*':
            if not recursive and hasattr(module, '__all__'):
                _handle_fromlist(module, module.__all__, import_, recursive=True)
        elif not hasattr(module, x):
            submodule = module.__name__ + '.' + x
            try:
                _call_with_frames_removed(import_, submodule)
            except ModuleNotFoundError as exc:
                # No such submodule: the import statement says that the name is missing.
                if exc.name == submodule and sys.modules.get(submodule, 0) is not None:
                    continue
                raise
    return module
