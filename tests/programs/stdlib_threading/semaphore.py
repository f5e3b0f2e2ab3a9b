import threading
s = threading.Semaphore(2)
print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(blocking=False), s.acquire(timeout=0.001))
s.release(); s.release(); s.release()
print(s.acquire(False), s.acquire(False), s.acquire(False), s.acquire(False))
b = threading.BoundedSemaphore(1)
b.acquire()
b.release()
try:
    b.release()
except ValueError as e:
    print(e)
try:
    threading.Semaphore(-1)
except ValueError as e:
    print(e)
try:
    s.acquire(False, 1)
except ValueError as e:
    print(e)
with b as v:
    print(v, b.acquire(False))
print(b.acquire(False))
# expect: True True False False False
# expect: True True True False
# expect: Semaphore released too many times
# expect: semaphore initial value must be >= 0
# expect: can't specify timeout for non-blocking acquire
# expect: True False
# expect: True
