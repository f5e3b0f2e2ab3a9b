"""A proposal of the discussion about Python without a GIL: a GIL for readers and writers. Python code and new extensions hold it shared, old extensions and the
garbage collector exclusively.

In this form a thread never holds it in two ways: before it takes it in the other way it lets go of it (drop before re-entering).
"""

BASED_ON = 'none'

# How many hold it shared; -1: somebody holds it exclusively.
holders = Atomic(0)
exclusive_requests = Atomic(0)
# How many calls of the thread want it exclusively, one within the other.
_depth = ThreadLocal()


def take_shared():
    while True:
        count = holders.load()
        if count < 0:
            holders.wait(count)
        elif holders.compare_exchange(count, count + 1):
            return


def drop_shared():
    holders.add(-1)


def take_exclusive():
    exclusive_requests.add(1)
    while not holders.compare_exchange(0, -1):
        count = holders.load()
        if count != 0:
            holders.wait(count)
    exclusive_requests.add(-1)


def drop_exclusive():
    holders.store(0)


def take_gil(tstate):
    """What the thread held when it let go."""
    if _depth.get():
        take_exclusive()
    else:
        take_shared()


def drop_gil(tstate):
    if _depth.get():
        drop_exclusive()
    else:
        drop_shared()


def handle_pending():
    """Python code lets somebody in who wants it exclusively."""
    if exclusive_requests.load() and not _depth.get():
        drop_shared()
        take_shared()


# --- from the one way to the other


def to_exclusive():
    drop_shared()
    take_exclusive()


def to_shared():
    drop_exclusive()
    take_shared()


# --- who needs it exclusively


def begin_exclusive():
    depth = _depth.get() or 0
    if depth == 0:
        to_exclusive()
    _depth.set(depth + 1)


def end_exclusive():
    depth = _depth.get()
    _depth.set(depth - 1)
    if depth == 1:
        to_shared()


def _PyEval_EnableGILTransient(tstate):
    """What an extension declares is known when its init function has run."""
    begin_exclusive()


def PyImport_extension_loaded(tstate, name, gil_not_used):
    end_exclusive()
    if gil_not_used:
        note_declaration(name)


def call_c(function, arguments, keywords):
    if is_declared(function):
        return _lockweave.enter_c(function, arguments, keywords)
    begin_exclusive()
    try:
        return _lockweave.enter_c(function, arguments, keywords)
    finally:
        end_exclusive()


def call_python(function, arguments, keywords):
    """Old code calls back, and others may run meanwhile, as they may with a GIL."""
    if not PyGILState_Check():
        Py_FatalError(f'Python code ({function.__qualname__}) is called by a thread that is not attached')
    depth = _depth.get()
    if not depth:
        return _run_python(function, arguments, keywords)
    _depth.set(0)
    to_shared()
    try:
        return _run_python(function, arguments, keywords)
    finally:
        to_exclusive()
        _depth.set(depth)


def collect_garbage():
    begin_exclusive()
    found = _lockweave.collect_now()
    end_exclusive()
    return found
