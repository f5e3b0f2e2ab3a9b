"""Nobody waits for anybody."""

BASED_ON = 'eager'


def take_gil(tstate):
    pass


def drop_gil(tstate):
    pass


def PyThreadState_Swap(tstate):
    old = _PyThreadState_Current.get()
    _PyThreadState_Current.set(tstate)
    return old


def PyThreadState_Get():
    return _PyThreadState_Current.get()


def PyGILState_Check():
    return 1


def PyThreadState_DeleteCurrent():
    pass


_PyThreadState_Current = ThreadLocal()
_PyThreadState_Current.load = _PyThreadState_Current.get
_PyThreadState_Current.store = _PyThreadState_Current.set
