"""The GIL of Python 3.6.4 to 3.6.15 and 2.7.15 on: PyGILState_Ensure makes its thread state before it makes the GIL (the first fix of bpo-20891).

take_gil is never given NULL now. But as long as there is no GIL, PyEval_RestoreThread takes none, and overwrites the thread state of
whoever runs.
"""

BASED_ON = 'lazy'


# --- Python/pystate.c


def PyGILState_Ensure():
    need_init_threads = False
    tstate = _auto_tls.get()
    if tstate is NULL:
        need_init_threads = True
        tstate = PyThreadState_New(_interpreter)
        tstate.gilstate_counter = 0
        is_current = False
    else:
        is_current = tstate is _PyThreadState_Current.load()
    if not is_current:
        PyEval_RestoreThread(tstate)
    tstate.gilstate_counter += 1
    if need_init_threads:
        PyEval_InitThreads()
    return PyGILState_LOCKED if is_current else PyGILState_UNLOCKED
