"""time: sleeping gives up the GIL and says nothing about order; every clock is one opaque number that never goes back."""

import _lockweave

timezone = 0
tzname = ('UTC', 'UTC')


def sleep(seconds, /):
    if not isinstance(seconds, (int, float)):
        seconds = seconds.__index__()
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    _lockweave.io()


def time():
    return _lockweave.clock()


def monotonic():
    return _lockweave.clock()


def perf_counter():
    return _lockweave.clock()


def process_time():
    return _lockweave.clock()


def thread_time():
    return _lockweave.clock()


def time_ns():
    return int(_lockweave.clock() * 1000000000)


def monotonic_ns():
    return time_ns()


def perf_counter_ns():
    return time_ns()
