"""waits-kept: The list of what a thread is about to take is never deleted.

A signal handler or a finaliser can import while its thread stands in _ModuleLock.acquire (gh-91351). With one entry a thread in _blocking_on
the inner import takes the outer one's entry away. So an entry is a list of all that the thread is about to take, the innermost last, and the lock
inside is re-entrant. When does the list go?

    waits-kept      never: an early repair, on the way to 3.12 (gh-101766)
    waits-deleted   when it is empty: the naive repair of that (gh-106176)
    waits-weak      when nobody holds it any more: what 3.12.0 came to

The entry of a thread outlives the thread: a leak, and one that a new thread with the same identifier inherits.

Else as per-module, with its faults 1 and 2.
"""

# Name -> weak reference to the _ModuleLock that is in use. Guarded by the import lock.
_module_locks = {}

# Thread -> the _ModuleLocks that it is about to take or waits for.
_blocking_on = {}



class _DeadlockError(RuntimeError):
    pass


class _ModuleLock:
    """A recursive lock that refuses to wait in a ring. An import in the midst of any of its methods, by this same thread, does it no harm."""

    def __init__(self, name):
        self.name = name
        self.lock = _thread.RLock()             # guards the three below
        self.wakeup = _thread.allocate_lock()   # taken while somebody has to wait
        self.owner = None
        self.count = []                         # one True an acquire: append and pop are one operation each
        self.waiters = []

    def has_deadlock(self):
        """Does the owner wait, through other threads and locks, for this thread?"""
        me = _thread.get_ident()
        threads = [self.owner]
        seen = set()
        while threads:
            thread = threads.pop()
            if thread == me:
                return True
            if thread is None or thread in seen:
                continue
            seen.add(thread)
            for lock in _blocking_on.get(thread, ()):
                threads.append(lock.owner)
        return False

    def acquire(self):
        me = _thread.get_ident()
        waits = _blocking_on.setdefault(me, [])
        waits.append(self)
        try:
            return self._acquire(me)
        finally:
            waits.remove(self)

    def _acquire(self, me):
        while True:
            with self.lock:
                if self.count == [] or self.owner == me:
                    self.owner = me
                    self.count.append(True)
                    return True
                if self.has_deadlock():
                    raise _DeadlockError('deadlock detected by %r' % self)
                # The first who waits arms the wakeup; the others queue behind.
                if self.wakeup.acquire(False):
                    self.waiters.append(None)
            self.wakeup.acquire()
            self.wakeup.release()               # pass it on to the next in the queue

    def release(self):
        me = _thread.get_ident()
        with self.lock:
            if self.owner != me:
                raise RuntimeError('cannot release un-acquired lock')
            self.count.pop()
            if self.count == []:
                self.owner = None
                if self.waiters:
                    self.waiters.pop()
                    self.wakeup.release()

    def __repr__(self):
        return '_ModuleLock({!r})'.format(self.name)


def _get_module_lock(name):
    """The caller holds the import lock."""
    reference = _module_locks.get(name)
    lock = None if reference is None else reference()
    if lock is None:
        lock = _ModuleLock(name)

        def forget(_):
            del _module_locks[name]             # fault 2: whose lock is it now?

        _module_locks[name] = _weakref.ref(lock, forget)
    return lock


def _lock_unlock_module(name):
    """Wait until the module is complete, or until waiting would never end.

    The caller holds the import lock; it is free afterwards."""
    try:
        lock = _get_module_lock(name)
    finally:
        _imp.release_lock()
    try:
        lock.acquire()
    except _DeadlockError:
        pass                # a cycle over two threads: half made is better than stuck
    else:
        lock.release()


def _find_and_load(name, import_):
    """The caller holds the import lock and has not found the module; it is free afterwards."""
    try:
        lock = _get_module_lock(name)
    finally:
        _imp.release_lock()
    lock.acquire()
    try:
        return _find_and_load_unlocked(name, import_)       # fault 1
    finally:
        lock.release()


def _find_and_load_unlocked(name, import_):
    parent_name = name.rpartition('.')[0]
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
        setattr(sys.modules[parent_name], name.rpartition('.')[2], module)
    return module


def _load_unlocked(spec):
    module = module_from_spec(spec)
    spec._initializing = True       # before others can find the module
    try:
        sys.modules[spec.name] = module
        try:
            _run_body(spec, module)
        except:
            sys.modules.pop(spec.name, None)
            raise
        return sys.modules[spec.name]
    finally:
        spec._initializing = False


def _exec(spec, module):
    """The second half of importlib.reload."""
    _imp.acquire_lock()
    try:
        lock = _get_module_lock(spec.name)
    finally:
        _imp.release_lock()
    lock.acquire()
    try:
        if sys.modules.get(spec.name) is not module:
            raise ImportError('module {!r} not in sys.modules'.format(spec.name),
                              name=spec.name)
        _init_module_attrs(spec, module, override=True)
        _run_body(spec, module)
        return sys.modules[spec.name]
    finally:
        lock.release()


def _gcd_import(name, package=None, level=0):
    """importlib.import_module: what the C side does, in Python."""
    name = _absolute_name(name, package, level)
    _imp.acquire_lock()
    if name not in sys.modules:
        return _find_and_load(name, _gcd_import)
    module = sys.modules[name]
    if module is None:
        _imp.release_lock()
        raise _halted(name)
    _lock_unlock_module(name)
    return module


def _find_spec(name, path, target=None):
    for finder in sys.meta_path:
        _imp.acquire_lock()         # finders need not be thread-safe
        try:
            spec = finder.find_spec(name, path, target)
        finally:
            _imp.release_lock()
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
