"""textbook: the simplest import lock that is right under every interleaving.

    complete                                  return it
    another thread is initialising it         wait, then look again
    ... but waiting would close a ring        use it as far as it has come
    this thread is initialising it            use it as far as it has come
    nobody is                                 cache it, run its body, bind it, let go

Why it is right:
- One guard, the import lock, covers sys.modules, _module_locks and _blocking_on together,
  so "nobody is" and "now I am" are one operation, and so are "no ring" and "I wait". It is
  held for a few lines only, never while code of a module, finder or loader runs.
- A _ModuleLock is one *attempt*. It is taken once, by the thread that makes it, and ends
  once. A waiter that has not woken yet points to an attempt without owner, which leads
  nowhere, so no ring is ever seen that is not one.
- Every wait has an edge in _blocking_on, and no edge is added that closes a ring; so there
  is never a ring, and the search ends.
- A waiter looks again afterwards: the attempt may have failed, and then it makes its own.
- The parent comes first and is waited for, and no lock is held while it is looked for.
  (CPython up to 3.14 takes the child's lock first, and needs _DeadlockError for it.)
- The module is bound to its parent before anybody may pass.

The price: two threads may both look for a module and both create an object for it, of
which one is dropped unused; its body runs once. CPython guards its finders with the
import lock; here a finder must be able to serve two threads.

The C side returns what it finds in sys.modules if its __spec__._initializing is false,
and else calls _find_and_load, and returns what *that* returns.
"""

_MISSING = object()

_module_locks = {}      # name -> the _ModuleLock of the attempt that is under way
_blocking_on = {}       # thread -> the _ModuleLock it waits for


class _Guard:

    def __enter__(self):
        _imp.acquire_lock()

    def __exit__(self, *exc_info):
        _imp.release_lock()


class _ModuleLock:
    """One attempt to initialise a module, made by the thread that creates this."""

    def __init__(self, name):
        self.name = name
        self.owner = _thread.get_ident()        # None once it has ended
        self.ended = _thread.allocate_lock()    # free once it has ended
        self.ended.acquire()

    def acquire(self):
        """Wait for the end. False, at once, if it cannot end before this thread goes on."""
        me = _thread.get_ident()
        with _Guard():
            if self.owner is None:
                return True
            if self.waits_for(me):
                return False
            _blocking_on[me] = self
        try:
            self.ended.acquire()
            self.ended.release()                # let the next waiter through
        finally:
            del _blocking_on[me]
        return True

    def waits_for(self, thread):
        """Does the owner, through those it waits for, wait for this thread, or is it?"""
        owner = self.owner
        while owner is not None and owner != thread:
            lock = _blocking_on.get(owner)
            owner = None if lock is None else lock.owner
        return owner == thread

    def release(self):
        """The caller holds the guard."""
        del _module_locks[self.name]
        self.owner = None
        self.ended.release()

    def __repr__(self):
        return '_ModuleLock({!r})'.format(self.name)


def _find_and_load(name, import_):
    while True:
        with _Guard():
            lock = _module_locks.get(name)
            module = sys.modules.get(name, _MISSING)
        if lock is not None:
            if lock.acquire():
                continue                        # it has ended, well or not: look again
        elif module is _MISSING:
            module = _try_to_load(name, import_)
            if module is _MISSING:
                continue                        # another thread was faster
        if module is None:
            raise _halted(name)
        if module is _MISSING:
            raise ImportError('{!r} was removed from sys.modules while it was '
                              'being imported'.format(name), name=name)
        return module


def _try_to_load(name, import_):
    """The module, complete; _MISSING if another thread has begun it meanwhile."""
    parent_name, _, child = name.rpartition('.')
    parent = path = None
    if parent_name:
        parent = _find_and_load(parent_name, import_)
        path = _path_of(parent, name)
    spec = _find_spec(name, path)
    if spec is None:
        # The package may have put it there itself (os does so with os.path).
        if parent_name and name in sys.modules:
            return _MISSING
        raise _no_such_module(name)
    module = module_from_spec(spec)
    with _Guard():
        # A loader's create_module may have put it there already; that is no other thread.
        if name in _module_locks or sys.modules.get(name, module) is not module:
            return _MISSING
        lock = _module_locks[name] = _ModuleLock(name)
        spec._initializing = True
        sys.modules[name] = module
    return _load(lock, spec, module, parent, child)


def _load(lock, spec, module, parent, child):
    """Run the body, bind the module to its parent, and let the others pass."""
    removed = None      # keeps a failed module alive until the guard is free: it may have finalisers
    complete = False
    try:
        _run_body(spec, module)
        replacement = sys.modules.get(spec.name)
        if replacement is not None:
            module = replacement                # a body may replace its own module
        if parent is not None:
            setattr(parent, child, module)
        complete = True
    finally:
        with _Guard():
            if not complete:
                removed = sys.modules.pop(spec.name, None)
            spec._initializing = False
            lock.release()
    return module


def _exec(spec, module):
    """The second half of importlib.reload: importers wait for it as for a first import."""
    name = spec.name
    while True:
        with _Guard():
            lock = _module_locks.get(name)
            if lock is None:
                if sys.modules.get(name) is not module:
                    raise ImportError('module {!r} not in sys.modules'.format(name), name=name)
                mine = _module_locks[name] = _ModuleLock(name)
                spec._initializing = True
                module.__spec__ = spec
                break
        if not lock.acquire():
            raise ImportError('cannot reload {!r} while it is being imported'.format(name),
                              name=name)
    try:
        _init_module_attrs(spec, module, override=True)
        _run_body(spec, module)
    finally:
        with _Guard():
            spec._initializing = False
            mine.release()
    return sys.modules[name]


def _gcd_import(name, package=None, level=0):
    """importlib.import_module."""
    return _find_and_load(_absolute_name(name, package, level), _gcd_import)


def _find_spec(name, path, target=None):
    for finder in list(sys.meta_path):          # another thread may change the list
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
