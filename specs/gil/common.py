"""What all GILs share: thread states, starting threads, and calls between C and Python. Executed before the text of the GIL itself, which may
define any of these functions again.

Each function is called as CPython's, and does its statements one by one; what only serves debugging, memory or other platforms is
left out, and so is the list of all thread states, which no function here looks through. Sources: 3.6 and 3.7, Python/pystate.c, Python/ceval.c,
Python/ceval_gil.h, Modules/_threadmodule.c; where versions differ, the GIL's own text has the difference.

The machine calls handle_pending, start_python_thread, call_python, native_thread and the functions whose names begin with `_blocking`.
"""

PyGILState_LOCKED = 0
PyGILState_UNLOCKED = 1

_interpreter = Struct(name='main interpreter')

# 3.6, Python/pystate.c: the thread state of whoever holds the GIL.
_PyThreadState_Current = Atomic(NULL)
# 3.6, Python/pystate.c, autoTLSkey: the thread state that belongs to the thread.
_auto_tls = ThreadLocal()


# --- thread states (3.6, Python/pystate.c)


def _PyThreadState_Prealloc(interp):
    return Struct(interp=interp, gilstate_counter=0)


def _PyThreadState_Init(tstate):
    # _PyGILState_NoteThreadState
    if _auto_tls.get() is NULL:
        _auto_tls.set(tstate)
    tstate.gilstate_counter = 1


def PyThreadState_New(interp):
    tstate = _PyThreadState_Prealloc(interp)
    _PyThreadState_Init(tstate)
    return tstate


def PyThreadState_Get():
    tstate = _PyThreadState_Current.load()
    if tstate is NULL:
        Py_FatalError('PyThreadState_Get: no current thread')
    return tstate


def PyThreadState_Swap(tstate):
    old = _PyThreadState_Current.load()
    _PyThreadState_Current.store(tstate)
    return old


def PyThreadState_Clear(tstate):
    """Lets go of the objects that the thread state holds: none that matter here."""


def PyThreadState_Delete(tstate):
    if tstate is _PyThreadState_Current.load():
        Py_FatalError('PyThreadState_Delete: tstate is still current')
    if _auto_tls.get() is tstate:
        _auto_tls.set(NULL)


def PyThreadState_DeleteCurrent():
    tstate = _PyThreadState_Current.load()
    if tstate is NULL:
        Py_FatalError('PyThreadState_DeleteCurrent: no current tstate')
    if _auto_tls.get() is tstate:
        _auto_tls.set(NULL)
    _PyThreadState_Current.store(NULL)
    PyEval_ReleaseLock()


def PyGILState_GetThisThreadState():
    return _auto_tls.get()


def PyGILState_Check():
    tstate = _PyThreadState_Current.load()
    if tstate is NULL:
        return 0
    return 1 if tstate is _auto_tls.get() else 0


def PyGILState_Release(oldstate):
    tstate = _auto_tls.get()
    if tstate is NULL:
        Py_FatalError('auto-releasing thread-state, but no thread-state for this thread')
    if tstate is not _PyThreadState_Current.load():
        Py_FatalError('This thread state must be current when releasing')
    tstate.gilstate_counter -= 1
    if tstate.gilstate_counter == 0:
        PyThreadState_Clear(tstate)
        PyThreadState_DeleteCurrent()
    elif oldstate == PyGILState_UNLOCKED:
        PyEval_SaveThread()


# --- holding the GIL (3.6, Python/ceval.c)


def PyEval_AcquireThread(tstate):
    if tstate is NULL:
        Py_FatalError('PyEval_AcquireThread: NULL new thread state')
    take_gil(tstate)
    if PyThreadState_Swap(tstate) is not NULL:
        Py_FatalError('PyEval_AcquireThread: non-NULL old thread state')


def PyEval_ReleaseThread(tstate):
    if tstate is NULL:
        Py_FatalError('PyEval_ReleaseThread: NULL thread state')
    if PyThreadState_Swap(NULL) is not tstate:
        Py_FatalError('PyEval_ReleaseThread: wrong thread state')
    drop_gil(tstate)


def PyEval_ReleaseLock():
    drop_gil(_PyThreadState_Current.load())


# --- threads


def PyThread_start_new_thread(function, *arguments):
    """3.6, Python/thread_pthread.h: a thread made through CPython's own functions."""
    return NativeThread(_lockweave.spawn(function, function.__name__, True, *arguments))


def native_thread(function, *arguments):
    """A thread that CPython does not know of: pthread_create. Python code in it runs as a callback of ctypes does."""
    if _lockweave.is_c_function(function):
        return NativeThread(_lockweave.spawn(function, function.__name__, True, *arguments))
    return NativeThread(_lockweave.spawn(_callback, function.__name__, True, function, arguments))


def _callback(function, arguments):
    """3.6, Modules/_ctypes/callbacks.c, _CallPythonObject."""
    state = PyGILState_Ensure()
    try:
        function(*arguments)
    finally:
        PyGILState_Release(state)


def start_python_thread(function, name, daemon, *arguments):
    """3.6, Modules/_threadmodule.c, thread_PyThread_start_new_thread."""
    tstate = _PyThreadState_Prealloc(_interpreter)
    PyEval_InitThreads()
    return _lockweave.spawn(_t_bootstrap, name, daemon, tstate, function, arguments)


def _start_new_thread(function, arguments, keywords):
    """_thread.start_new_thread, which gives the thread's identifier."""
    return _lockweave.ident(start_python_thread(_call_function, '', True, function, arguments, keywords))


def _call_function(function, arguments, keywords):
    function(*arguments, **keywords)


def _t_bootstrap(tstate, function, arguments):
    """3.6, Modules/_threadmodule.c, t_bootstrap."""
    _PyThreadState_Init(tstate)
    PyEval_AcquireThread(tstate)
    try:
        function(*arguments)
    finally:
        PyThreadState_Clear(tstate)
        PyThreadState_DeleteCurrent()


# --- extension modules, for designs that care whether one declares that it needs no GIL

Py_MOD_GIL_USED = 0
Py_MOD_GIL_NOT_USED = 1


def _PyEval_EnableGILTransient(tstate):
    """Before an extension's init function. Where there always is a GIL, or never, there is nothing to do."""


def PyImport_extension_loaded(tstate, name, gil_not_used):
    """After it: has the extension declared that it needs no GIL?"""


def import_extension(name, init, gil_not_used):
    """3.13, Python/import.c, _imp_create_dynamic_impl, as far as it has to do with the GIL. Who fails needs none."""
    tstate = PyGILState_GetThisThreadState()
    _PyEval_EnableGILTransient(tstate)
    try:
        init()
    except BaseException:
        PyImport_extension_loaded(tstate, name, Py_MOD_GIL_NOT_USED)
        raise
    PyImport_extension_loaded(tstate, name, gil_not_used)


def PyImport_AddModuleRef(name):
    """3.13, Python/import.c, import_add_module: looks, and inserts. From 3.14.1 on both under the lock of the dictionary (gh-137422)."""
    module = PyDict_GetItemRef(_modules, name)
    if module is NULL:
        module = PyModule_New(name)
        PyDict_SetItem(_modules, name, module)
    return module


# --- calls between the two worlds


def call_python(function, arguments, keywords):
    """C code calls Python code. Without the GIL it would work on a thread state that is nobody's, or another thread's."""
    if not PyGILState_Check():
        Py_FatalError(f'Python code ({function.__qualname__}) is called without the GIL')
    return _run_python(function, arguments, keywords)


def _run_python(function, arguments, keywords):
    """At the last switch point of the Python code it may lose the GIL, and C code goes on when it has it again."""
    try:
        return _lockweave.enter_python(function, arguments, keywords)
    finally:
        if _lockweave.passed_switch_point():
            handle_pending()


def _blocking_acquire(lock, timed):
    """3.6, Modules/_threadmodule.c, acquire_timed: the lock's first word without the GIL, the second one with it."""
    tstate = PyEval_SaveThread()
    taken = _lockweave.take(lock, timed)
    PyEval_RestoreThread(tstate)
    if taken:
        _lockweave.own(lock, 1)
    return taken


def _blocking_restore(lock, depth):
    """3.6, Modules/_threadmodule.c, rlock_acquire_restore."""
    tstate = PyEval_SaveThread()
    _lockweave.take(lock, False)
    PyEval_RestoreThread(tstate)
    _lockweave.own(lock, depth)


def _blocking_import_lock():
    """3.6, Python/import.c, _PyImport_AcquireLock."""
    tstate = PyEval_SaveThread()
    _lockweave.take(NULL, False)
    PyEval_RestoreThread(tstate)
    _lockweave.own(NULL, 1)


def _blocking_join(handle, timeout):
    tstate = PyEval_SaveThread()
    ended = _lockweave.join(handle, timeout)
    PyEval_RestoreThread(tstate)
    return ended


def _blocking_await_started(handle):
    tstate = PyEval_SaveThread()
    _lockweave.await_started(handle)
    PyEval_RestoreThread(tstate)


def _blocking_io():
    """Py_BEGIN_ALLOW_THREADS, the call, Py_END_ALLOW_THREADS."""
    tstate = PyEval_SaveThread()
    _lockweave.io()
    PyEval_RestoreThread(tstate)


_end_begun = []


def _end_of_main(passed_a_switch_point, waits):
    """3.6, Python/pylifecycle.c, wait_for_thread_shutdown: main may lose the GIL once more, and lets go of it to wait for threads that are no daemons."""
    _end_begun.append(True)
    if passed_a_switch_point:
        handle_pending()
    if waits:
        PyEval_SaveThread()
