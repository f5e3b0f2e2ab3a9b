# threads whose output is by main only
import threading, time
class Account:
    def __init__(self, balance): self.balance, self.lock = balance, threading.Lock()
    def withdraw(self, n):
        with self.lock:
            if self.balance < n: raise ValueError(f'insufficient: {self.balance} < {n}')
            self.balance -= n
            return self.balance
acc = Account(100); errors = []
def spend(n):
    try: acc.withdraw(n)
    except ValueError as e: errors.append(str(e))
ts = [threading.Thread(target=spend, args=(30,)) for _ in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(acc.balance, errors)
class BoundedBuffer:
    def __init__(self, n):
        self.items, self.n = [], n
        self.lock = threading.RLock()
        self.not_full, self.not_empty = threading.Condition(self.lock), threading.Condition(self.lock)
    def put(self, x):
        with self.not_full:
            while len(self.items) >= self.n: self.not_full.wait()
            self.items.append(x); self.not_empty.notify()
    def get(self):
        with self.not_empty:
            self.not_empty.wait_for(lambda: self.items)
            x = self.items.pop(0); self.not_full.notify(); return x
buf, got = BoundedBuffer(1), []
prod = threading.Thread(target=lambda: [buf.put(i) for i in range(4)])
cons = threading.Thread(target=lambda: got.extend(buf.get() for _ in range(4)))
prod.start(); cons.start(); prod.join(); cons.join(); print(got)
class RWLock:
    def __init__(self): self.readers, self.m, self.w = 0, threading.Lock(), threading.Lock()
    def __enter__(self):
        with self.m:
            self.readers += 1
            if self.readers == 1: self.w.acquire()
        return self
    def __exit__(self, *a):
        with self.m:
            self.readers -= 1
            if self.readers == 0: self.w.release()
rw = RWLock()
with rw, rw: print(rw.readers, rw.w.locked())
print(rw.readers, rw.w.locked())
class Future:
    def __init__(self): self._e, self._v, self._x = threading.Event(), None, None
    def set(self, v): self._v = v; self._e.set()
    def fail(self, x): self._x = x; self._e.set()
    def result(self, timeout=None):
        if not self._e.wait(timeout): raise TimeoutError('not ready')
        if self._x: raise self._x
        return self._v
class Pool:
    def __init__(self, n):
        import queue
        self.q = queue.Queue(); self.ts = [threading.Thread(target=self.run, daemon=True, name=f'pool-{i}') for i in range(n)]
        for t in self.ts: t.start()
    def run(self):
        for f, fn, a in iter(self.q.get, None):
            try: f.set(fn(*a))
            except Exception as e: f.fail(e)
    def submit(self, fn, *a): f = Future(); self.q.put((f, fn, a)); return f
    def stop(self):
        for _ in self.ts: self.q.put(None)
        for t in self.ts: t.join()
p = Pool(2); fs = [p.submit(pow, 2, i) for i in range(3)] + [p.submit(int, 'x')]
print([f.result() for f in fs[:3]])
try: fs[3].result()
except ValueError as e: print(e)
p.stop(); print([t.is_alive() for t in p.ts])
try: Future().result(timeout=0)
except TimeoutError as e: print(e)
once = threading.Lock(); inits = []
_instance = None
def get_instance():
    global _instance
    if _instance is None:
        with once:
            if _instance is None:
                inits.append(1); _instance = object()
    return _instance
seen = []
ts = [threading.Thread(target=lambda: seen.append(get_instance())) for _ in range(3)]
[t.start() for t in ts]; [t.join() for t in ts]
print(len(inits), all(s is seen[0] for s in seen))
def exc_hook(args): hooked.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
hooked = []
if hasattr(threading, 'excepthook'):
    threading.excepthook = exc_hook
    t = threading.Thread(target=lambda: 1 / 0, name='bad'); t.start(); t.join()
    print(hooked)
s = threading.Semaphore(0)
t = threading.Thread(target=s.release); t.start(); print(s.acquire(), s.acquire(blocking=False)); t.join()
bar = threading.Barrier(3); order = []
def phase(i):
    bar.wait(); order.append(i); bar.wait(); order.append('x')
ts = [threading.Thread(target=phase, args=(i,)) for i in range(3)]
[t.start() for t in ts]; [t.join() for t in ts]
print(sorted(order[:3]), order[3:])
start = time.monotonic(); time.sleep(0); print(time.monotonic() >= start, isinstance(time.time(), float), time.perf_counter() >= 0)
try: time.sleep(-1)
except ValueError as e: print(e)
try: lock_r = threading.Lock(); lock_r.acquire(timeout=-2)
except ValueError as e: print(e)
try: lock_r.acquire(False, timeout=1)
except ValueError as e: print(e)
try: threading.Thread(target=print, nope=1)
except TypeError as e: print('nope' in str(e))
t = threading.Thread(target=5); print(t.name.startswith('Thread-'))
# expect[-3.7]: 10 ['insufficient: 10 < 30']
# expect[-3.7]: [0, 1, 2, 3]
# expect[-3.7]: 2 True
# expect[-3.7]: 0 False
# expect[-3.7]: [1, 2, 4]
# expect[-3.7]: invalid literal for int() with base 10: 'x'
# expect[-3.7]: [False, False]
# expect[-3.7]: not ready
# expect[-3.7]: 1 True
# expect[-3.7]: True False
# expect[-3.7]: [0, 1, 2] ['x', 'x', 'x']
# expect[-3.7]: True True True
# expect[-3.7]: sleep length must be non-negative
# expect[-3.7]: timeout value must be positive
# expect[-3.7]: can't specify a timeout for a non-blocking call
# expect[-3.7]: True
# expect[-3.7]: True
# expect[3.8-3.12]: 10 ['insufficient: 10 < 30']
# expect[3.8-3.12]: [0, 1, 2, 3]
# expect[3.8-3.12]: 2 True
# expect[3.8-3.12]: 0 False
# expect[3.8-3.12]: [1, 2, 4]
# expect[3.8-3.12]: invalid literal for int() with base 10: 'x'
# expect[3.8-3.12]: [False, False]
# expect[3.8-3.12]: not ready
# expect[3.8-3.12]: 1 True
# expect[3.8-3.12]: [('ZeroDivisionError', 'division by zero', 'bad')]
# expect[3.8-3.12]: True False
# expect[3.8-3.12]: [0, 1, 2] ['x', 'x', 'x']
# expect[3.8-3.12]: True True True
# expect[3.8-3.12]: sleep length must be non-negative
# expect[3.8-3.12]: timeout value must be positive
# expect[3.8-3.12]: can't specify a timeout for a non-blocking call
# expect[3.8-3.12]: True
# expect[3.8-3.12]: True
# expect[3.13+]: 10 ['insufficient: 10 < 30']
# expect[3.13+]: [0, 1, 2, 3]
# expect[3.13+]: 2 True
# expect[3.13+]: 0 False
# expect[3.13+]: [1, 2, 4]
# expect[3.13+]: invalid literal for int() with base 10: 'x'
# expect[3.13+]: [False, False]
# expect[3.13+]: not ready
# expect[3.13+]: 1 True
# expect[3.13+]: [('ZeroDivisionError', 'division by zero', 'bad')]
# expect[3.13+]: True False
# expect[3.13+]: [0, 1, 2] ['x', 'x', 'x']
# expect[3.13+]: True True True
# expect[3.13+]: sleep length must be non-negative
# expect[3.13+]: timeout value must be a non-negative number
# expect[3.13+]: can't specify a timeout for a non-blocking call
# expect[3.13+]: True
# expect[3.13+]: True
