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
    _lockweave.unsupported("lockweave.interrupt is not supported yet")
