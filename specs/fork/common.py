"""What all ways to fork share: executed before the text of the one that the design names, which may define any of these functions again.

posix.fork calls PyOS_BeforeFork, forks, and calls PyOS_AfterFork_Parent in the parent, PyOS_AfterFork_Child in the child. What only concerns other platforms,
signals or the interpreter's own books is left out. Of the import lock the machine offers `_imp.acquire_lock`, `_imp.release_lock`, and
_lockweave.import_lock_count() (how often this thread has it) and _lockweave.set_import_lock(count) (a new lock, taken so often by this thread).
"""

import _imp
import _lockweave
import sys

# os.register_at_fork, 3.7
before_forkers = []
after_forkers_parent = []
after_forkers_child = []


def run_at_forkers(functions):
    """3.7, Modules/posixmodule.c: what a function raises is reported and dropped."""
    for function in functions:
        try:
            function()
        except BaseException:
            pass


def threading_after_fork():
    """threading._after_fork: to 3.6 the interpreter calls it, later threading registers it, as the first to do so."""
    threading = sys.modules.get('threading')
    if threading is not None:
        threading._after_fork()


def _PyImport_AcquireLock():
    _imp.acquire_lock()


def _PyImport_ReleaseLock():
    if not _lockweave.import_lock_count():
        _lockweave.fatal_error('failed releasing import lock after fork')
    _imp.release_lock()


def _PyImport_ReInitLock():
    """3.6, Python/import.c: a new lock. A fork as a side effect of an import that holds it goes on holding it."""
    level = _lockweave.import_lock_count()
    _lockweave.set_import_lock(level - 1 if level > 1 else 0)


def PyOS_BeforeFork():
    run_at_forkers(before_forkers[::-1])
    _PyImport_AcquireLock()


def PyOS_AfterFork_Parent():
    _PyImport_ReleaseLock()
    run_at_forkers(after_forkers_parent)


def PyOS_AfterFork_Child():
    _PyImport_ReInitLock()
    threading_after_fork()
    run_at_forkers(after_forkers_child)
