import threading
lock = threading.Lock()
print(lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(blocking=False), lock.acquire(timeout=0.001))
lock.release()
print(lock.locked())
try:
    lock.release()
except RuntimeError as e:
    print(e)
with lock as value:
    print(value, lock.locked())
print(lock.locked())
try:
    with lock:
        raise ValueError('inside')
except ValueError as e:
    print(e, lock.locked())
for bad in (lambda: lock.acquire(False, 1), lambda: lock.acquire(True, -5)):
    try:
        bad()
    except ValueError as e:
        print(e)
import _thread
print(type(lock) is _thread.LockType, type(_thread.allocate_lock()) is type(lock))
# expect: True True False False False
# expect: False
# expect: release unlocked lock
# expect: True True
# expect: False
# expect: inside False
# expect: can't specify a timeout for a non-blocking call
# expect[-3.12]: timeout value must be positive
# expect[3.13+]: timeout value must be a non-negative number
# expect: True True
