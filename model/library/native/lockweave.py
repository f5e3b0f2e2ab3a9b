"""What a scenario says that Python cannot."""

import _lockweave


def choose(n):
    """Any of 0 … n-1: every one is explored."""
    return _lockweave.choose(n)


def always(function):
    """An invariant, checked in every state."""
    _lockweave.state_property('always', function)
    return function


def eventually(function):
    """Holds at some point of every fair execution."""
    _lockweave.state_property('eventually', function)
    return function


def sometimes(function):
    """Is reached by some execution."""
    _lockweave.state_property('sometimes', function)
    return function


def io():
    """A blocking call: releases the GIL."""
    _lockweave.io()


def native_thread(function):
    _lockweave.unsupported("lockweave.native_thread is not supported yet")


def interrupt(thread, function, kind=None):
    """Breaks into the thread, at most once, at any point where it can: as a signal handler if that is the main thread, else as a finaliser."""
    handle = getattr(thread, '_handle', None)
    if not getattr(thread, '_initialized', False):
        _lockweave.unsupported("lockweave.interrupt takes a threading.Thread, which threading.main_thread() and threading.current_thread() give")
    if handle is None or not _lockweave.has_started(handle):
        _lockweave.unsupported("lockweave.interrupt of a thread that has not been started: call its start() first, or let the thread call it for threading.current_thread()")
    is_main = handle == _lockweave.main()
    if kind is None:
        kind = 'signal' if is_main else 'finalizer'
    if kind not in ('signal', 'finalizer', 'async-exception'):
        _lockweave.unsupported("lockweave.interrupt knows the kinds 'signal', 'finalizer' and 'async-exception'")
    if kind == 'signal' and not is_main:
        _lockweave.unsupported("signal handlers run in the main thread: say threading.main_thread(), or kind='finalizer' or 'async-exception'")
    if kind == 'async-exception' and not (isinstance(function, type) and issubclass(function, BaseException)):
        _lockweave.unsupported("an interrupt of kind 'async-exception' takes an exception class")
    if kind != 'async-exception' and not callable(function):
        _lockweave.unsupported("lockweave.interrupt takes a function, which it calls without arguments")
    _lockweave.interrupt(handle, kind, function)
