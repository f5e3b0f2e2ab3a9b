"""The GIL of a free-threaded build, 3.13: off until an extension is imported that does not declare that it can do without.

An extension says what it needs only when its init function has run. So the GIL is turned on for as long as that takes (transiently: a counter, for several
threads may import at a time), and then off again, or on for good. To turn it on, all threads have to stop: from then on who is attached has to hold it.

3.13, Python/ceval_gil.c, _PyEval_EnableGILTransient, _PyEval_EnableGILPermanent, _PyEval_DisableGIL, take_gil; Python/pystate.c, _PyThreadState_Attach,
stop_the_world. There each thread has a state of its own and a stop counts those who are still attached; here one word counts who is, and is -1 during a stop.
"""

BASED_ON = 'none'

# What PYTHON_GIL and -X gil say.
_PyConfig_GIL_DEFAULT = -1
enable_gil = _PyConfig_GIL_DEFAULT

# Who has turned it on: how many imports that are under way; for good.
PERMANENT = 1000
gil_enabled = Atomic(0)
gil_locked = Atomic(0)

_attached = Atomic(0)
_stop_requested = Atomic(0)


# --- Python/ceval_gil.c


def _take_gil(tstate):
    """Whether the thread holds it: not if it is off."""
    if not gil_enabled.load():
        return False
    while not gil_locked.compare_exchange(0, 1):
        gil_drop_request.store(1)
        gil_locked.wait(1)
        if not gil_enabled.load():
            return False
    if gil_drop_request.load():
        gil_drop_request.store(0)
    if not gil_enabled.load():
        gil_locked.store(0)
        return False
    return True


def _PyEval_IsGILEnabled():
    return gil_enabled.load() > 0


def _PyEval_EnableGILTransient(tstate):
    if enable_gil != _PyConfig_GIL_DEFAULT:
        return
    enabled = gil_enabled.load()
    if enabled == PERMANENT:
        return
    if enabled > 0:
        gil_enabled.store(enabled + 1)  # the thread holds the GIL, and who changes this does
        return
    PyEval_SaveThread()
    _stop_the_world()
    gil_enabled.store(gil_enabled.load() + 1)
    _start_the_world()
    PyEval_RestoreThread(tstate)


def _PyEval_EnableGILPermanent(tstate):
    """Whether it has not been on for good before."""
    if enable_gil != _PyConfig_GIL_DEFAULT:
        return False
    _check_holds_gil(tstate)
    if gil_enabled.load() == PERMANENT:
        return False
    gil_enabled.store(PERMANENT)
    return True


def _PyEval_DisableGIL(tstate):
    if enable_gil != _PyConfig_GIL_DEFAULT:
        return
    _check_holds_gil(tstate)
    enabled = gil_enabled.load()
    if enabled == PERMANENT:
        return
    gil_enabled.store(enabled - 1)
    if enabled == 1:
        tstate.holds_gil = False
        gil_drop_request.store(0)
        gil_locked.store(0)  # who waits for it need not any more


def _check_holds_gil(tstate):
    """An assertion in C."""
    if not tstate.holds_gil:
        Py_FatalError('current_thread_holds_gil')


# --- Python/pystate.c


def _PyThreadState_Prealloc(interp):
    return Struct(interp=interp, gilstate_counter=0, holds_gil=False)


def take_gil(tstate):
    """_PyThreadState_Attach."""
    while True:
        tstate.holds_gil = _take_gil(tstate)
        _attach()
        if tstate.holds_gil or not gil_enabled.load():
            return
        _attached.add(-1)  # it was turned on in between


def drop_gil(tstate):
    """_PyThreadState_Detach."""
    _attached.add(-1)
    if tstate.holds_gil:
        tstate.holds_gil = False
        gil_locked.store(0)


def _attach():
    while True:
        count = _attached.load()
        if count < 0:
            _attached.wait(count)
        elif _attached.compare_exchange(count, count + 1):
            return


def _stop_the_world():
    """Requires: the thread is detached."""
    while True:
        if _attached.compare_exchange(0, -1):
            break
        count = _attached.load()
        if count != 0:
            _stop_requested.store(1)
            _attached.wait(count)
    _stop_requested.store(0)


def _start_the_world():
    _attached.store(0)


def handle_pending():
    """A thread that runs Python code stops when it is asked to, and lets go of the GIL if it has it."""
    if _stop_requested.load() or gil_drop_request.load():
        PyEval_RestoreThread(PyEval_SaveThread())


# --- Python/import.c


def PyImport_extension_loaded(tstate, name, gil_not_used):
    """_PyImport_CheckGILUsed."""
    if gil_not_used:
        _PyEval_DisableGIL(tstate)
    elif _PyEval_EnableGILPermanent(tstate):
        PyErr_WarnEx(RuntimeWarning, f'The global interpreter lock (GIL) has been enabled to load module {name!r}, which has not declared that it can run safely without the GIL.')
