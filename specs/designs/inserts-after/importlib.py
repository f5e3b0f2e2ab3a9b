"""inserts-after: the module is put into sys.modules only when its body has ended.

This looks safer than no-lock: nobody can find a half made module. Two things are wrong
with it. A cycle of imports in *one* thread never ends: a imports b, b imports a, which is
not in sys.modules yet, so a starts again, until the stack is full. And a second thread
does not even see that somebody is at work. This is why every Python inserts first.

No lock here either; all else is as in no-lock. The C side returns what it finds in
sys.modules and else calls _find_and_load.
"""

_MISSING = object()


def _find_and_load(name, import_):
    module = sys.modules.get(name, _MISSING)
    if module is None:
        raise _halted(name)
    if module is not _MISSING:
        return module
    parent_name, _, child = name.rpartition('.')
    path = None
    if parent_name:
        # The package is not there while its own body runs, so a package that imports
        # its own submodule starts itself again.
        if parent_name not in sys.modules:
            _call_with_frames_removed(import_, parent_name)
        if name in sys.modules:
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
    _run_body(spec, module)
    sys.modules[spec.name] = module     # too late
    return module


def _exec(spec, module):
    """The second half of importlib.reload."""
    _init_module_attrs(spec, module, override=True)
    _run_body(spec, module)
    return sys.modules[spec.name]


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
