"""A proposal of the discussion about Python without a GIL: one lock around extensions that do not declare that they need no GIL, and around nothing else.

Python code and new extensions run without it, at the same time as what holds it. Old code that waits, or lets others run, lets go of it.
"""

BASED_ON = 'none'

_old_code = Atomic(0)
# How deep in old code the thread is.
_depth = ThreadLocal()


def begin_old_code():
    depth = _depth.get() or 0
    if depth == 0:
        _take_old_code()
    _depth.set(depth + 1)


def end_old_code():
    depth = _depth.get()
    _depth.set(depth - 1)
    if depth == 1:
        _old_code.store(0)


def _take_old_code():
    while not _old_code.compare_exchange(0, 1):
        _old_code.wait(1)


def _PyEval_EnableGILTransient(tstate):
    """What an extension declares is known when its init function has run."""
    begin_old_code()


def PyImport_extension_loaded(tstate, name, gil_not_used):
    end_old_code()
    if gil_not_used:
        note_declaration(name)


def call_c(function, arguments, keywords):
    """Python code calls a function of an extension."""
    if is_declared(function):
        return _lockweave.enter_c(function, arguments, keywords)
    begin_old_code()
    try:
        return _lockweave.enter_c(function, arguments, keywords)
    finally:
        end_old_code()


def take_gil(tstate):
    if _depth.get():
        _take_old_code()


def drop_gil(tstate):
    if _depth.get():
        _old_code.store(0)
