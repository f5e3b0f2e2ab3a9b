"""The interpreter lock in the form that it had in 1992 (Python/ceval.c of that year): init_save_thread, save_thread, restore_thread.

Who makes the lock a second time ends the process: "2nd call to init_save_thread". Nothing keeps two threads from both finding that there is none.
What later versions call a thread state is the current frame here, and the functions of later versions stand on these three.
"""

BASED_ON = 'lazy'

interpreter_lock = Atomic(NULL)


def init_save_thread():
    if interpreter_lock.load() is not NULL:
        Py_FatalError('2nd call to init_save_thread')
    interpreter_lock.store(PyThread_allocate_lock())
    PyThread_acquire_lock(interpreter_lock.load(), 1)


def save_thread():
    if interpreter_lock.load() is NULL:
        return NULL
    frame = PyThreadState_Swap(NULL)
    PyThread_release_lock(interpreter_lock.load())
    return frame


def restore_thread(frame):
    if interpreter_lock.load() is not NULL:
        PyThread_acquire_lock(interpreter_lock.load(), 1)
        PyThreadState_Swap(frame)


# --- the names of later versions


def gil_created():
    return interpreter_lock.load() is not NULL


def take_gil(tstate):
    PyThread_acquire_lock(interpreter_lock.load(), 1)


def drop_gil(tstate):
    PyThread_release_lock(interpreter_lock.load())


def PyEval_InitThreads():
    init_save_thread()


def PyEval_SaveThread():
    """Without a lock save_thread leaves the current frame where it is, and returns nothing."""
    if not gil_created():
        return _PyThreadState_Current.load()
    return save_thread()


def PyEval_RestoreThread(tstate):
    restore_thread(tstate)


def PyGILState_Ensure():
    """1992 had nothing of the kind: a thread that came from outside had to look whether there was a lock, and make it if not."""
    tstate = PyThreadState_New(_interpreter)
    if not gil_created():
        init_save_thread()
        PyThreadState_Swap(tstate)
    else:
        restore_thread(tstate)
    return PyGILState_UNLOCKED


def PyGILState_Release(oldstate):
    save_thread()
    _auto_tls.set(NULL)


def handle_pending():
    """Every few instructions, 3 in those days: let others have the lock."""
    if gil_created():
        restore_thread(save_thread())


def start_python_thread(function, name, daemon, *arguments):
    """Modules/threadmodule.c: the lock was made with the first thread."""
    if not gil_created():
        init_save_thread()
    return _lockweave.spawn(_t_bootstrap, name, daemon, _PyThreadState_Prealloc(_interpreter), function, arguments)


def _t_bootstrap(tstate, function, arguments):
    _PyThreadState_Init(tstate)
    restore_thread(tstate)
    try:
        function(*arguments)
    finally:
        save_thread()
