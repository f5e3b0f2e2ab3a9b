"""No GIL. Threads that run Python code are kept apart by nothing: each operation on an object is done in one piece (in CPython by a lock of the
object, or without a lock where it is safe), and between two of them anybody may come.

What is left of a GIL is the thread state. A thread is attached while it has a current one, and has to be to call Python.
3.13, Python/pystate.c, _PyThreadState_Attach and _PyThreadState_Detach.
"""

BASED_ON = 'eager'
PYTHON_AT_ONCE = True

# 3.13, Python/pystate.c, _Py_tss_tstate: each thread has a current thread state of its own.
_current = ThreadLocal()


def take_gil(tstate):
    """There is none."""


def drop_gil(tstate):
    """There is none."""


def handle_pending():
    """Nobody asks a thread to let go of anything."""


def PyEval_InitThreads():
    """3.9 on: does nothing."""


def _PyEval_IsGILEnabled():
    return False


# --- extensions

# The names of those that have declared that they need no GIL, where a design asks.
_declared = Atomic(())


def PyImport_extension_loaded(tstate, name, gil_not_used):
    """For the designs based on this one, some of which care."""


def is_declared(function):
    """Does the extension that this function of C is in declare that it needs no GIL? A file of C code may also do so by a variable Py_mod_gil of its own."""
    file = function.__globals__
    if file.get('Py_mod_gil', Py_MOD_GIL_USED) == Py_MOD_GIL_NOT_USED:
        return True
    for name in _declared.load():
        if file.get('__name__') == name or 'PyInit_' + name.rpartition('.')[2] in file:
            return True
    return False


def note_declaration(name):
    while True:
        names = _declared.load()
        if _declared.compare_exchange(names, names + (name,)):
            return


# --- thread states


def PyThreadState_Get():
    tstate = _current.get()
    if tstate is NULL:
        Py_FatalError('PyThreadState_Get: the thread is not attached')
    return tstate


def PyThreadState_Swap(tstate):
    old = _current.get()
    _current.set(tstate)
    return old


def PyThreadState_Delete(tstate):
    if tstate is _current.get():
        Py_FatalError('PyThreadState_Delete: tstate is still current')
    if _auto_tls.get() is tstate:
        _auto_tls.set(NULL)


def PyThreadState_DeleteCurrent():
    tstate = _current.get()
    if tstate is NULL:
        Py_FatalError('PyThreadState_DeleteCurrent: no current tstate')
    if _auto_tls.get() is tstate:
        _auto_tls.set(NULL)
    PyEval_ReleaseLock()
    _current.set(NULL)


def PyEval_ReleaseLock():
    drop_gil(_current.get())


def PyGILState_Check():
    return 0 if _current.get() is NULL else 1


def PyGILState_Ensure():
    """3.13, Python/pystate.c: attaches the thread. It says nothing about other threads."""
    tstate = _auto_tls.get()
    if tstate is NULL:
        tstate = PyThreadState_New(_interpreter)
        tstate.gilstate_counter = 0
        is_current = False
    else:
        is_current = tstate is _current.get()
    if not is_current:
        PyEval_RestoreThread(tstate)
    tstate.gilstate_counter += 1
    return PyGILState_LOCKED if is_current else PyGILState_UNLOCKED


def PyGILState_Release(oldstate):
    tstate = _auto_tls.get()
    if tstate is NULL:
        Py_FatalError('auto-releasing thread-state, but no thread-state for this thread')
    if tstate is not _current.get():
        Py_FatalError('This thread state must be current when releasing')
    tstate.gilstate_counter -= 1
    if tstate.gilstate_counter == 0:
        PyThreadState_Clear(tstate)
        PyThreadState_DeleteCurrent()
    elif oldstate == PyGILState_UNLOCKED:
        PyEval_SaveThread()


def Py_Initialize():
    tstate = PyThreadState_New(_interpreter)
    take_gil(tstate)
    PyThreadState_Swap(tstate)
