import threading
lock = threading.Lock()
lock.acquire()
out = []
def try_it():
    out.append(lock.acquire(timeout=0.001))
    out.append(lock.acquire(False))
t = threading.Thread(target=try_it)
t.start(); t.join()
print(out)  # expect: [False, False]
hold, go = threading.Event(), threading.Event()
def holder():
    with lock:
        hold.set()
        go.wait()
lock.release()
t = threading.Thread(target=holder)
t.start()
hold.wait()
print(lock.locked(), lock.acquire(timeout=0.001), t.is_alive())  # expect: True False True
t.join(timeout=0.001)
print(t.is_alive())  # expect: True
go.set()
t.join()
print(lock.locked(), t.is_alive())  # expect: False False
