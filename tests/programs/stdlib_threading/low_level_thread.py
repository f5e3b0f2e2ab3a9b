import _thread, time
done = _thread.allocate_lock()
done.acquire()
log = []
def work(a, k=None):
    log.append((a, k))
    done.release()
_thread.start_new_thread(work, (1,), {'k': 2})
done.acquire()
print(log)  # expect: [(1, 2)]
def leaves():
    done.release()
    raise SystemExit
_thread.start_new_thread(leaves, ())
done.acquire()
done.release()
print(isinstance(_thread.get_ident(), int), _thread.get_ident() == _thread.get_ident())  # expect: True True
try:
    _thread.start_new_thread(5, ())
except TypeError as e:
    print(e)  # expect: first arg must be callable
before = time.monotonic()
time.sleep(0)
print(time.monotonic() >= before, time.time() > 0, _thread.error is RuntimeError)  # expect: True True True
r = _thread.RLock()
print(r.acquire(), r.acquire(), r.release(), r.release())  # expect: True True None None
