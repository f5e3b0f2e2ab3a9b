"""os.fork as to Python 2.5: nobody looks who holds the import lock, and the child has it as it was."""


def PyOS_BeforeFork():
    run_at_forkers(before_forkers[::-1])


def PyOS_AfterFork_Parent():
    run_at_forkers(after_forkers_parent)


def PyOS_AfterFork_Child():
    threading_after_fork()
    run_at_forkers(after_forkers_child)
