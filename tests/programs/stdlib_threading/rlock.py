import threading
lock = threading.RLock()
print(lock.acquire(), lock.acquire(), lock.acquire(False))  # expect: True True True
for _ in range(3): lock.release()
try:
    lock.release()
except RuntimeError as e:
    print(e)  # expect: cannot release un-acquired lock
def recurse(n):
    with lock:
        return n and 1 + recurse(n - 1)
print(recurse(5))  # expect: 5
with lock as v:
    print(v)  # expect: True
    result = []
    def other():
        result.append(lock.acquire(False))
        try:
            lock.release()
        except RuntimeError as e:
            result.append(str(e))
    t = threading.Thread(target=other)
    t.start()
    t.join()
print(result)  # expect: [False, 'cannot release un-acquired lock']
t = threading.Thread(target=lambda: result.append(lock.acquire(False) and lock.release()))
t.start(); t.join()
print(result[-1])  # expect: None
