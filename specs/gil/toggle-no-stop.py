"""A mistaken form of toggle.py: the GIL is turned on without stopping the other threads.

Who is attached at that moment runs on, and does not hold it.
"""

BASED_ON = 'toggle'


def _PyEval_EnableGILTransient(tstate):
    enabled = gil_enabled.load()
    if enabled == PERMANENT:
        return
    if enabled > 0:
        gil_enabled.store(enabled + 1)
        return
    PyEval_SaveThread()
    gil_enabled.add(1)
    PyEval_RestoreThread(tstate)


def _check_holds_gil(tstate):
    """It cannot be asserted here."""
