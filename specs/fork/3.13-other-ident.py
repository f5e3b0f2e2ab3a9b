"""os.fork of 3.13.0 on a system where the thread that forks has another identifier in the child (gh-126688).

The import lock knows its owner by that identifier: the child has a lock that belongs to nobody.
"""

BASED_ON = '3.13'


def PyOS_AfterFork_Child():
    # 3.13.0, Python/lock.c, _PyRecursiveMutex_Unlock
    _lockweave.fatal_error('unlocking a recursive mutex that is not owned by the current thread')
