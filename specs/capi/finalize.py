"""Py_FinalizeEx for programs that embed Python: executed in the namespace of capi, after the GIL's own text, if a file of the scenario mentions Py_FinalizeEx.

A thread that wants the GIL once main has begun to finalise looks before it takes it and after (3.9, Python/ceval_gil.h, take_gil; tstate_must_exit in
Python/ceval.c). LATE_THREADS, of specs/exit, says what becomes of it. What finalising does to modules and objects is left out: no Python code runs any more.
"""

_PyRuntime_finalizing = Atomic(NULL)
_restore_thread = PyEval_RestoreThread
_acquire_thread = PyEval_AcquireThread


def _must_exit(tstate):
    finalizing = _PyRuntime_finalizing.load()
    return finalizing is not NULL and finalizing is not tstate


def _leave():
    """To 3.13 pthread_exit; from 3.14 on the thread hangs (gh-87135). Either way what C code holds stays held."""
    if LATE_THREADS == 'hang':
        _lockweave.take(_taken_turn(), False)
    _lockweave.exit_thread()


def PyEval_RestoreThread(tstate):
    if _must_exit(tstate):
        _leave()
    _restore_thread(tstate)
    if _must_exit(tstate):
        PyThreadState_Swap(NULL)
        drop_gil(tstate)
        _leave()


def PyEval_AcquireThread(tstate):
    if _must_exit(tstate):
        _leave()
    _acquire_thread(tstate)
    if _must_exit(tstate):
        PyThreadState_Swap(NULL)
        drop_gil(tstate)
        _leave()


def Py_FinalizeEx():
    """3.9, Python/pylifecycle.c. Who waits for the GIL finds out when it is free; in CPython it looks every few milliseconds."""
    tstate = PyThreadState_Get()
    _PyRuntime_finalizing.store(tstate)
    PyThreadState_Swap(NULL)
    drop_gil(tstate)
    return 0
