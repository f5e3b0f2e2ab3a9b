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


class Interpreter:
    """Another interpreter of this process: _xxsubinterpreters from 3.8 to 3.12, _interpreters from 3.13 on."""

    def __init__(self, config='isolated'):
        if config not in ('isolated', 'legacy'):
            raise ValueError("unknown config %r: it is 'isolated' or 'legacy'" % (config,))
        self._module = _interpreters_module()
        if sys.version_info >= (3, 13):
            self.id = self._module.create(config)
        elif sys.version_info >= (3, 9):
            self.id = self._module.create(isolated=config == 'isolated')
        else:
            self.id = self._module.create()

    def exec(self, source):
        """Runs the text in its __main__, in this thread. An exception that leaves it is raised here as a RuntimeError with its words."""
        failure = self._call(self._module.run_string, source + '\n')
        if failure is not None:
            raise RuntimeError(failure.formatted)

    def close(self):
        self._call(self._module.destroy)

    def _call(self, function, *arguments):
        try:
            return function(self.id, *arguments)
        except RuntimeError as error:  # to 3.12, also for what leaves the text: "<class 'NAME'>: words"
            words = str(error)
            if type(error) is not RuntimeError and words.startswith("<class '"):
                name, _, rest = words[len("<class '"):].partition("'>")
                words = (name[len('__main__.'):] if name.startswith('__main__.') else name) + rest
            raise RuntimeError(words) from None
        except Exception as error:
            if type(error).__name__ not in ('InterpreterError', 'InterpreterNotFoundError'):
                raise
            raise RuntimeError(str(error)) from None


def _interpreters_module():
    for name in ('_interpreters', '_xxsubinterpreters'):
        try:
            return __import__(name)
        except ImportError:
            pass
    raise RuntimeError('this version gives Python programs no interpreters: they came with 3.8')


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
