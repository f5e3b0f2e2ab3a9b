"""lockweave for real interpreters: lets a scenario that imports it run as an ordinary program.

The checker explores every choice and judges every state. A real run takes one way and can judge nothing about the others, so
here the functions do the least that keeps the program going:

    PYTHONPATH=specs python3 main.py

LOCKWEAVE_CHOICES="0,2,1" gives the results of `choose` in their order; without it, or when they are used up, they are random,
from LOCKWEAVE_SEED if that is set.
"""

import gc
import os
import random
import sys
import threading
import time
import _thread

_given = [int(number) for number in os.environ.get('LOCKWEAVE_CHOICES', '').split(',') if number.strip()]
_random = random.Random(os.environ.get('LOCKWEAVE_SEED'))
_guard = threading.Lock()


def choose(n):
    """One of 0 ... n-1."""
    with _guard:
        result = _given.pop(0) if _given else _random.randrange(n)
    if not 0 <= result < n:
        raise ValueError('LOCKWEAVE_CHOICES: %d is not one of %d choices' % (result, n))
    return result


def _evaluate_once(function):
    # Once, so that a function with a mistake in it is noticed here too. What it says about this one moment proves nothing.
    function()
    return function


always = eventually = sometimes = _evaluate_once


def io():
    """Gives up the GIL, as a blocking call does."""
    time.sleep(0)


def native_thread(function):
    """A thread that threading does not know of. One made by C alone cannot be had from Python."""
    return _thread.start_new_thread(function, ())


def interrupt(thread, function, kind=None):
    """Break into the thread, at some point soon. A best effort: what cannot be done here is left out.

    signal: SIGALRM after a moment, to the main thread. finalizer: a cycle, which is collected after some allocations if it is that thread that makes
    them. async-exception: PyThreadState_SetAsyncExc after a moment.
    """
    if kind is None:
        kind = 'signal' if thread is threading.main_thread() else 'finalizer'
    if kind == 'signal':
        _interrupt_by_signal(function)
    elif kind == 'async-exception':
        _thread.start_new_thread(_raise_in, (thread, function))
    elif kind == 'finalizer':
        _Cycle(thread.ident, function)
        gc.set_threshold(_random.randrange(1, 300))
    else:
        raise ValueError('unknown kind of interrupt: %r' % (kind,))


class _Cycle:
    """Calls the function when it is collected in that thread; in another one it leaves a successor."""

    def __init__(self, ident, function):
        self._itself, self._ident, self._function = self, ident, function

    def __del__(self):
        if _thread.get_ident() == self._ident:
            self._function()
        elif any(thread.ident == self._ident for thread in threading.enumerate()):
            _Cycle(self._ident, self._function)


def _moment():
    return _random.random() * 2 * sys.getswitchinterval()


def _interrupt_by_signal(function):
    import signal
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, 'setitimer'):
        return
    signal.signal(signal.SIGALRM, lambda number, frame: function())
    signal.setitimer(signal.ITIMER_REAL, max(_moment(), 1e-6))


def _raise_in(thread, exception):
    import ctypes
    time.sleep(_moment())
    if thread.ident is not None and thread.is_alive():
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread.ident), ctypes.py_object(exception))
