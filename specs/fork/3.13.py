"""os.fork of 3.13 (Modules/posixmodule.c, Python/import.c): the import lock is a re-entrant mutex that the child has as its parent had it, and lets go of."""


def PyOS_AfterFork_Child():
    _PyImport_ReleaseLock()
    threading_after_fork()
    run_at_forkers(after_forkers_child)
