import threading
def synchronized(lock):
    def decorate(f):
        def wrapper(*a, **k):
            with lock:
                return f(*a, **k)
        wrapper.__name__ = f.__name__
        return wrapper
    return decorate
lock = threading.RLock()
class Account:
    def __init__(self): self.balance = 0
    @synchronized(lock)
    def deposit(self, n): self.balance += n; return self.balance
    @synchronized(lock)
    def twice(self, n): self.deposit(n); return self.deposit(n)
a = Account()
print(a.twice(5), a.deposit.__name__)  # expect: 10 deposit
class Once:
    def __init__(self, f): self.f, self.lock, self.done = f, threading.Lock(), False
    def __call__(self):
        if not self.done:
            with self.lock:
                if not self.done:
                    self.value = self.f()
                    self.done = True
        return self.value
calls = []
once = Once(lambda: calls.append(1) or 'value')
ts = [threading.Thread(target=once) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(once(), calls)  # expect: value [1]
