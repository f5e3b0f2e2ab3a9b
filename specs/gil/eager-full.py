"""The GIL of Python 3.7 with all that it is made of: a variable, a mutex and a condition variable to wait for it, and another pair so that who is asked to
give it up waits until somebody else has had it (forced switching).

3.7, Python/ceval_gil.h. It lets the same things happen as eager.py, in many more steps.
"""

BASED_ON = 'eager'

gil_mutex = Mutex()
gil_cond = Cond()
gil_last_holder = Atomic(NULL)
# How often the GIL has changed hands, modulo 4: a waiter only asks whether it has since.
gil_switch_number = 0
switch_mutex = Mutex()
switch_cond = Cond()


def take_gil(tstate):
    global gil_switch_number
    if tstate is NULL:
        Py_FatalError('take_gil: NULL tstate')
    gil_mutex.lock()
    while gil_locked.load():
        saved_switch_number = gil_switch_number
        timed_out = gil_cond.timedwait(gil_mutex)
        if timed_out and gil_locked.load() and gil_switch_number == saved_switch_number:
            gil_drop_request.store(1)
    switch_mutex.lock()
    gil_locked.store(1)
    if gil_last_holder.load() is not tstate:
        gil_last_holder.store(tstate)
        gil_switch_number = (gil_switch_number + 1) % 4
    switch_cond.signal()
    switch_mutex.unlock()
    if gil_drop_request.load():
        gil_drop_request.store(0)
    gil_mutex.unlock()


def drop_gil(tstate):
    if not gil_locked.load():
        Py_FatalError('drop_gil: GIL is not locked')
    if tstate is not NULL:
        gil_last_holder.store(tstate)
    gil_mutex.lock()
    gil_locked.store(0)
    gil_cond.signal()
    gil_mutex.unlock()
    if gil_drop_request.load() and tstate is not NULL:
        switch_mutex.lock()
        if gil_last_holder.load() is tstate:
            gil_drop_request.store(0)
            switch_cond.wait(switch_mutex)
        switch_mutex.unlock()
