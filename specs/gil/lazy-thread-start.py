"""A proposal from the discussion of bpo-20891: with the first fix, the GIL is also made by PyThread_start_new_thread.

A thread that CPython starts then finds a GIL, which the thread that started it holds. A thread of the operating system that comes to Python of its
own accord finds none, as before.
"""

BASED_ON = 'lazy-first-fix'


# --- Python/thread_pthread.h


def PyThread_start_new_thread(function, *arguments):
    PyEval_InitThreads()
    return NativeThread(_lockweave.spawn(function, function.__name__, True, *arguments))
