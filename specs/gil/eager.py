"""The GIL of Python 3.7 and later: Py_Initialize makes it while there is one thread, which holds it from then on.

As in lazy.py a thread waits for gil_locked itself; eager-full.py has the mutex and the condition variables around it.
"""

BASED_ON = 'lazy'


# --- 3.7, Python/ceval.c


def PyEval_InitThreads():
    """To 3.8 Py_Initialize calls it; from 3.9 on it does nothing."""
    if gil_created():
        return
    create_gil()
    take_gil(_PyThreadState_Current.load())


def PyEval_SaveThread():
    tstate = PyThreadState_Swap(NULL)
    if tstate is NULL:
        Py_FatalError('PyEval_SaveThread: NULL tstate')
    drop_gil(tstate)
    return tstate


def PyEval_RestoreThread(tstate):
    if tstate is NULL:
        Py_FatalError('PyEval_RestoreThread: NULL tstate')
    take_gil(tstate)
    PyThreadState_Swap(tstate)


# --- 3.7, Python/pystate.c


def PyGILState_Ensure():
    tstate = _auto_tls.get()
    if tstate is NULL:
        tstate = PyThreadState_New(_interpreter)
        tstate.gilstate_counter = 0
        is_current = False
    else:
        is_current = tstate is _PyThreadState_Current.load()
    if not is_current:
        PyEval_RestoreThread(tstate)
    tstate.gilstate_counter += 1
    return PyGILState_LOCKED if is_current else PyGILState_UNLOCKED


# --- 3.7, Python/pylifecycle.c


def Py_Initialize():
    PyThreadState_Swap(PyThreadState_New(_interpreter))
    PyEval_InitThreads()
