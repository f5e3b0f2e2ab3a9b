"""What C code of extension modules can do with the machine's own GIL. Where the GIL is a text (specs/gil), the text has these functions."""

import _lockweave


def PyEval_SaveThread():
    """From here on the thread runs without the GIL: others come in between any two of its accesses, and it in between theirs."""
    if not _lockweave.has_gil():
        _lockweave.fatal_error('PyEval_SaveThread: NULL tstate')
    _lockweave.leave_gil()
    return _lockweave.ident(_lockweave.current())


def PyEval_RestoreThread(tstate):
    if tstate is None:
        _lockweave.fatal_error('PyEval_RestoreThread: NULL tstate')
    if tstate != _lockweave.ident(_lockweave.current()):
        _lockweave.fatal_error('PyEval_RestoreThread: the state of another thread')
    if _lockweave.has_gil():
        _lockweave.fatal_error('PyEval_RestoreThread: the thread has the GIL, and waits for itself')
    _lockweave.take_gil()


def PyGILState_Check():
    return 1 if _lockweave.has_gil() else 0
