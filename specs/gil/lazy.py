"""The GIL of Python 2.7 to 2.7.14 and 3.2 to 3.6.3: made on demand, by whoever needs it first, and nothing protects its making (bpo-20891).

Until then nobody holds anything: PyEval_SaveThread and PyEval_RestoreThread only exchange _PyThreadState_Current.

In C the waiting is done with a mutex and a condition variable around gil_locked; here a thread waits for the variable itself (eager-full.py has all
three). Who has to wait sets gil_drop_request at once; in C after 5 milliseconds.
"""

# 3.6, Python/ceval_gil.h: -1 not made, 0 free, 1 taken.
gil_locked = Atomic(-1)
gil_drop_request = Atomic(0)


# --- Python/ceval_gil.h


def gil_created():
    return gil_locked.load() >= 0


def create_gil():
    gil_locked.store(0)


def take_gil(tstate):
    if tstate is NULL:
        Py_FatalError('take_gil: NULL tstate')
    while not gil_locked.compare_exchange(0, 1):
        gil_drop_request.store(1)
        gil_locked.wait(1)
    if gil_drop_request.load():
        gil_drop_request.store(0)


def drop_gil(tstate):
    if not gil_locked.load():
        Py_FatalError('drop_gil: GIL is not locked')
    gil_locked.store(0)


# --- Python/ceval.c


def PyEval_InitThreads():
    if gil_created():
        return
    create_gil()
    take_gil(_PyThreadState_Current.load())


def PyEval_SaveThread():
    tstate = PyThreadState_Swap(NULL)
    if tstate is NULL:
        Py_FatalError('PyEval_SaveThread: NULL tstate')
    if gil_created():
        drop_gil(tstate)
    return tstate


def PyEval_RestoreThread(tstate):
    if tstate is NULL:
        Py_FatalError('PyEval_RestoreThread: NULL tstate')
    if gil_created():
        take_gil(tstate)
    PyThreadState_Swap(tstate)


def handle_pending():
    """What PyEval_EvalFrameDefault does now and then."""
    if gil_drop_request.load():
        tstate = PyThreadState_Get()
        if PyThreadState_Swap(NULL) is not tstate:
            Py_FatalError('ceval: tstate mix-up')
        drop_gil(tstate)
        take_gil(tstate)
        if PyThreadState_Swap(tstate) is not NULL:
            Py_FatalError('ceval: orphan tstate')


# --- Python/pystate.c


def PyGILState_Ensure():
    tstate = _auto_tls.get()
    if tstate is NULL:
        PyEval_InitThreads()
        tstate = PyThreadState_New(_interpreter)
        tstate.gilstate_counter = 0
        is_current = False
    else:
        is_current = tstate is _PyThreadState_Current.load()
    if not is_current:
        PyEval_RestoreThread(tstate)
    tstate.gilstate_counter += 1
    return PyGILState_LOCKED if is_current else PyGILState_UNLOCKED


# --- Python/pylifecycle.c


def Py_Initialize():
    """The main thread's state becomes the current one. There is no GIL yet."""
    PyThreadState_Swap(PyThreadState_New(_interpreter))
