"""A mistaken form of toggle.py: whether the GIL is on is a flag, and not a counter.

Who has imported an extension that needs no GIL turns it off, whatever others are at.
"""

BASED_ON = 'toggle'


def _PyEval_EnableGILTransient(tstate):
    if gil_enabled.load():
        return
    PyEval_SaveThread()
    _stop_the_world()
    gil_enabled.store(1)
    _start_the_world()
    PyEval_RestoreThread(tstate)


def _PyEval_EnableGILPermanent(tstate):
    gil_enabled.store(1)
    return True


def _PyEval_DisableGIL(tstate):
    gil_enabled.store(0)
    if tstate.holds_gil:
        tstate.holds_gil = False
        gil_locked.store(0)
