"""queue.SimpleQueue (Modules/_queuemodule.c): one lock that stands for "perhaps somebody waits"."""

import _thread
import _lockweave


class Empty(Exception):
    pass


class SimpleQueue:
    def __init__(self):
        self._items = []
        self._lock = _thread.allocate_lock()
        self._locked = False

    def put(self, item, block=True, timeout=None):
        self._items.append(item)
        self._wake()

    put_nowait = put

    def _wake(self):
        if self._locked:
            self._locked = False
            self._lock.release()

    def get(self, block=True, timeout=None):
        if block and timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        while not self._items:
            # First without giving up the GIL.
            taken = self._lock.acquire(False)
            if not taken and block:
                taken = self._lock.acquire() if timeout is None else self._lock.acquire(True, timeout)
            if not taken:
                raise Empty
            self._locked = True
        item = self._items.pop(0)
        self._wake()
        return item

    def get_nowait(self):
        return self.get(False)

    def empty(self):
        return not self._items

    def qsize(self):
        return len(self._items)
