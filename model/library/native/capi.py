"""The operating system as C code sees it: mutexes, condition variables, atomic and thread-local variables, threads, the end of the process.

The namespace of `capi`: after this text the machine executes specs/gil/common.py and the GIL's own text in it. What C code does is a step
for each access to what others may access too; one call of a method here is one such access, or a wait and the access after it.
A plain variable of C is a global of the file.
"""

import _lockweave
import _thread
import sys
from _capi_objects import (PyDict_Contains, PyDict_GetItem, PyDict_GetItemRef, PyDict_SetDefaultRef, PyDict_SetItem, PyErr_WarnEx, PyGC_Collect, PyList_Append,
                           PyList_GetItem, PyList_GetItemRef, PyList_SetItem, PyList_Size, PyModule_New, PyObject_CallNoArgs, PyObject_CallOneArg, PyObject_GetAttrString,
                           Py_DECREF, Py_INCREF, Py_NewRef)

NULL = None
_modules = sys.modules


def Py_FatalError(message):
    """The process ends here, whatever other threads are at."""
    _lockweave.fatal_error(message)


def _misuse(what):
    _lockweave.fatal_error('undefined behaviour: ' + what)


def _only_for_c(what):
    if not _lockweave.in_c():
        _lockweave.unsupported(what + ' is for C code; Python code has those of threading')


def _taken_turn():
    """What a thread waits for until another one lets it go on. Nobody owns it."""
    turn = _thread.allocate_lock()
    _lockweave.take(turn, False)
    return turn


class Mutex:
    """pthread_mutex_t: not recursive, and only who has locked it unlocks it."""

    def __init__(self):
        self._word = _thread.allocate_lock()

    def lock(self):
        _only_for_c('Mutex.lock')
        if _lockweave.holds(self._word):
            _misuse('a mutex is locked twice by one thread')
        self._word.acquire()

    def trylock(self):
        """Whether it could be locked at once."""
        _only_for_c('Mutex.trylock')
        return self._word.acquire(False)

    def unlock(self):
        _only_for_c('Mutex.unlock')
        if not _lockweave.holds(self._word):
            _misuse('a mutex is unlocked by a thread that has not locked it')
        self._word.release()


class Cond:
    """pthread_cond_t. Nobody is woken without reason; which of several waiters a signal wakes is open."""

    def __init__(self):
        self._waiting = []

    def wait(self, mutex):
        self._wait(mutex, False)

    def timedwait(self, mutex):
        """Whether the time ran out, which it may do at any moment."""
        return not self._wait(mutex, True)

    def _wait(self, mutex, timed):
        _only_for_c('Cond.wait')
        if not _lockweave.holds(mutex._word):
            _misuse('a thread waits on a condition without the mutex')
        turn = _taken_turn()
        self._waiting.append(turn)
        mutex._word.release()
        signalled = _lockweave.take(turn, timed)
        mutex._word.acquire()
        if not signalled:
            if turn not in self._waiting:
                return True  # the signal came first after all
            self._waiting.remove(turn)
        return signalled

    def signal(self):
        _only_for_c('Cond.signal')
        count = len(self._waiting)
        if count > 0:
            _lockweave.let(self._waiting.pop(_lockweave.choose(count) if count > 1 else 0))

    def broadcast(self):
        _only_for_c('Cond.broadcast')
        while self._waiting:
            _lockweave.let(self._waiting.pop(0))


class Atomic:
    """An atomic variable, sequentially consistent."""

    def __init__(self, value=0):
        self.value = value
        self._waiting = []

    def load(self):
        return self.value

    def store(self, value):
        self.value = value
        self._changed()

    def exchange(self, value):
        old = self.value
        self.value = value
        self._changed()
        return old

    def compare_exchange(self, expected, value):
        """Sets it to `value` if it is `expected`; whether it was."""
        if self.value != expected:
            return False
        self.value = value
        self._changed()
        return True

    def add(self, number):
        """Adds; the value before."""
        old = self.value
        self.value = old + number
        self._changed()
        return old

    def wait(self, old):
        """Blocks as long as it is `old`: a futex, std::atomic::wait."""
        while self.value == old:
            turn = _taken_turn()
            self._waiting.append(turn)
            _lockweave.take(turn, False)

    def _changed(self):
        while self._waiting:
            _lockweave.let(self._waiting.pop())


class ThreadLocal:
    """A variable that each thread has its own of; NULL at first. pthread_key_t."""

    def get(self):
        return _lockweave.thread_dict().get(self, NULL)

    def set(self, value):
        _lockweave.thread_dict()[self] = value


class Struct:
    """A structure: what it is made with are its fields."""

    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)


class NativeThread:
    """A thread of the operating system."""

    def __init__(self, handle):
        self._handle = handle

    def join(self):
        _lockweave.join(self._handle, None)


def PyThread_allocate_lock():
    return _thread.allocate_lock()


def PyThread_acquire_lock(lock, wait):
    """Any thread may release what another has acquired: it is a semaphore."""
    return lock.acquire(bool(wait))


def PyThread_release_lock(lock):
    if not lock.locked():
        _misuse('a lock is released that nobody has acquired')
    lock.release()


def Py_NewInterpreter(*arguments):
    _no_interpreters_from_c('Py_NewInterpreter')


def Py_NewInterpreterFromConfig(*arguments):
    _no_interpreters_from_c('Py_NewInterpreterFromConfig')


def Py_EndInterpreter(*arguments):
    _no_interpreters_from_c('Py_EndInterpreter')


def _no_interpreters_from_c(name):
    _lockweave.unsupported(f'{name} in C code: let Python code create the interpreter, with lockweave.Interpreter (docs/interpreters.md)')
