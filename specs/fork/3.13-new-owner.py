"""The same system, with the fix of gh-126688: the child makes itself the owner of the import lock before it lets go of it."""

BASED_ON = '3.13'


def _PyImport_ReInitLock():
    _lockweave.set_import_lock(1)


def PyOS_AfterFork_Child():
    _PyImport_ReInitLock()
    _PyImport_ReleaseLock()
    threading_after_fork()
    run_at_forkers(after_forkers_child)
