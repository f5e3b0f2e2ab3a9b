"""What `_thread` and the interpreter do in C for threading.Thread and threading.local.

Thread.start and Thread.join are single operations here except for their waits. (In CPython they are Python over a lock or, from 3.13, a
handle in C; what a program can tell apart is when a thread waits, and that is kept.)
"""

import _lockweave

place_to_switch = None  # a function in Python: threading's
active = {}  # what get_ident() gives in a thread -> its Thread; threading._active
main_at_end = []  # not empty: main has run its last line


def start(thread, changed_excepthook):
    """Thread.start: make the thread, then wait until it runs."""
    if not getattr(thread, '_initialized', False):
        raise RuntimeError("thread.__init__() not called")
    if thread._handle is not None:
        raise RuntimeError("threads can only be started once")
    handle = _lockweave.spawn(_bootstrap, thread._name, thread._daemonic, thread, changed_excepthook)
    thread._handle = handle
    _lockweave.await_started(handle)


def _bootstrap(thread, changed_excepthook):
    """The first function of the new thread. What leaves it is how the thread ended."""
    ident = _lockweave.ident(_lockweave.current())
    thread._ident = ident
    active[ident] = thread
    thread._started = True
    _lockweave.set_started()
    place_to_switch()
    try:
        thread.run()
    except BaseException as error:
        hook = changed_excepthook()
        if hook is None:
            if isinstance(error, SystemExit):
                return
            raise
        _lockweave.hands_out_thread()
        hook(ExceptHookArgs((type(error), error, error.__traceback__, thread)))
    finally:
        place_to_switch()
        del active[ident]
        place_to_switch()


def main_ends():
    """The first that the interpreter does when main has run its last line is to call threading._shutdown."""
    main_at_end.append(True)
    place_to_switch()


class ExceptHookArgs:
    def __init__(self, values):
        self.exc_type, self.exc_value, self.exc_traceback, self.thread = values

    def __iter__(self):
        return iter((self.exc_type, self.exc_value, self.exc_traceback, self.thread))

    def __repr__(self):
        return (f'_thread._ExceptHookArgs(exc_type={self.exc_type!r}, exc_value={self.exc_value!r}, '
                f'exc_traceback={self.exc_traceback!r}, thread={self.thread!r})')


def join(thread, timeout):
    if not getattr(thread, '_initialized', False):
        raise RuntimeError("Thread.__init__() not called")
    if thread._handle is None or not _lockweave.has_started(thread._handle):
        raise RuntimeError("cannot join thread before it is started")
    if thread._handle == _lockweave.current():
        _lockweave.hands_out_thread()
        raise RuntimeError("cannot join current thread")
    if timeout is not None and timeout < 0:
        timeout = 0
    _lockweave.join(thread._handle, timeout)


def is_alive(thread):
    if not getattr(thread, '_initialized', False):
        raise AssertionError("Thread.__init__() not called")
    return thread._handle is not None and _lockweave.has_started(thread._handle) and not _lockweave.is_ended(thread._handle)


def adopt(thread, handle):
    """Makes the Thread object of a thread that runs already: the main thread, or one that threading did not start."""
    thread._handle = handle
    thread._ident = _lockweave.ident(handle)
    thread._started = True
    active[thread._ident] = thread


class local:
    """threading.local (Modules/_threadmodule.c, _thread._local): attributes of which each thread sees its own.

    A thread's values live in a dictionary that only this thread has, under a key that only this object has, so no other thread can
    notice an access. They are freed when the thread ends.
    """

    def __new__(cls, *args, **keywords):
        if (args or keywords) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        object.__setattr__(self, '_local_key', object())
        object.__setattr__(self, '_local_arguments', (args, keywords))
        _lockweave.thread_dict()[object.__getattribute__(self, '_local_key')] = {}
        return self

    def __getattribute__(self, name):
        values = _values_of(self)
        if name == '__dict__':
            return values
        if name in values and not _is_data_descriptor(type(self), name):
            return values[name]
        if name in ('_local_key', '_local_arguments'):
            raise AttributeError(_no_attribute(self, name))
        try:
            return object.__getattribute__(self, name)
        except AttributeError:
            if _lockweave.lookup_type(type(self), name) is not _lockweave.missing:
                raise  # a property said so
            raise AttributeError(_no_attribute(self, name)) from None

    def __setattr__(self, name, value):
        if name == '__dict__':
            raise AttributeError(f"'{_type_name(self)}' object attribute '__dict__' is read-only")
        values = _values_of(self)
        if _is_data_descriptor(type(self), name):
            object.__setattr__(self, name, value)
        else:
            values[name] = value

    def __delattr__(self, name):
        if name == '__dict__':
            raise AttributeError(f"'{_type_name(self)}' object attribute '__dict__' is read-only")
        values = _values_of(self)
        if _is_data_descriptor(type(self), name):
            object.__delattr__(self, name)
        elif name in values:
            del values[name]
        else:
            raise AttributeError(_no_attribute(self, name))


def _values_of(x):
    """This thread's attributes; in a thread that sees the object for the first time, __init__ of a subclass makes them."""
    mine = _lockweave.thread_dict()
    key = object.__getattribute__(x, '_local_key')
    values = mine.get(key)
    if values is None:
        values = mine[key] = {}
        if type(x).__init__ is not object.__init__:
            args, keywords = object.__getattribute__(x, '_local_arguments')
            try:
                type(x).__init__(x, *args, **keywords)
            except BaseException:
                del mine[key]
                raise
    return values


def _is_data_descriptor(cls, name):
    attribute = _lockweave.lookup_type(cls, name)
    return attribute is not _lockweave.missing and hasattr(type(attribute), '__set__')


def _type_name(x):
    return '_thread._local' if type(x) is local else type(x).__name__


def _no_attribute(x, name):
    return f"'{_type_name(x)}' object has no attribute '{name}'"


local.__module__ = '_thread'
local.__name__ = local.__qualname__ = '_local'
