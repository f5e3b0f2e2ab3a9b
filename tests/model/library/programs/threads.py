import threading, queue, time
log = []
t = threading.Thread(target=log.append, args=(1,)); t.start(); t.join(); print(log, t.is_alive(), t.daemon, threading.Thread(name='x').name)
print(threading.current_thread().name, threading.main_thread() is threading.current_thread(), threading.active_count(), [x.name for x in threading.enumerate()])
class Sub(threading.Thread):
    def __init__(self): super().__init__(daemon=True); self.result = None
    def run(self): self.result = threading.current_thread() is self and self.ident == threading.get_ident()
s = Sub(); s.start(); s.join(5); print(s.result, s.daemon, s.is_alive())
for f in (lambda: s.start(), lambda: threading.Thread().join(), lambda: threading.current_thread().join(), lambda: setattr(threading.current_thread(), 'daemon', True)):
    try: f()
    except RuntimeError as e: print(e)
class Bad(threading.Thread):
    def __init__(self): pass
try: Bad().start()
except RuntimeError as e: print(e)
hook = []
threading.excepthook = lambda args: hook.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
t = threading.Thread(target=lambda: 1 / 0, name='bad'); t.start(); t.join(); print(hook)
def leave(): raise SystemExit
t = threading.Thread(target=leave); t.start(); t.join(); print(len(hook))
e = threading.Event(); out = []
def waiter(): out.append(e.wait()); out.append(e.is_set())
ts = [threading.Thread(target=waiter) for _ in range(3)]
for t in ts: t.start()
e.set()
for t in ts: t.join()
print(out, e.wait(0.001)); e.clear(); print(e.is_set(), e.wait(0.001))
c = threading.Condition(); box = []
def consumer():
    with c:
        while not box: c.wait()
        out.append(box.pop())
t = threading.Thread(target=consumer); t.start()
with c: box.append('item'); c.notify()
t.join(); print(out[-1])
with c: print(c.wait(0.001), c.wait_for(lambda: False, 0.001), c.wait_for(lambda: 5))
for f in (c.notify, c.wait, threading.Condition(threading.Lock()).notify_all):
    try: f()
    except RuntimeError as x: print(x)
sem = threading.Semaphore(2); print(sem.acquire(), sem.acquire(), sem.acquire(False), sem.acquire(timeout=0.001)); sem.release(); print(sem.acquire(timeout=1)); sem.release(2)
b = threading.BoundedSemaphore(1)
with b: pass
try: b.release()
except ValueError as x: print(x)
for f in (lambda: threading.Semaphore(-1), lambda: sem.acquire(False, 1), lambda: sem.release(0)):
    try: f()
    except ValueError as x: print(x)
bar = threading.Barrier(3, action=lambda: log.append('action')); got = []
ts = [threading.Thread(target=lambda: got.append(bar.wait())) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(got), log, bar.n_waiting, bar.parties, bar.broken)
try: bar.wait(0.001)
except threading.BrokenBarrierError: print('broken', bar.broken)
bar.reset(); print(bar.broken); bar.abort(); print(bar.broken)
q = queue.Queue(2); q.put(1); q.put(2); print(q.full(), q.qsize(), q.empty())
for f in (lambda: q.put(3, False), lambda: q.put(3, timeout=0.001), lambda: q.put_nowait(1), lambda: queue.Queue().get(False), lambda: queue.Queue().get(timeout=0.001), lambda: q.get(timeout=-1)):
    try: f()
    except (queue.Full, queue.Empty, ValueError) as x: print(type(x).__name__, x)
print(q.get(), q.get()); q.task_done(); q.task_done(); q.join()
try: q.task_done()
except ValueError as x: print(x)
def worker():
    while True:
        item = q.get()
        if item is None: break
        got.append(item); q.task_done()
got = []; t = threading.Thread(target=worker); t.start()
for i in range(5): q.put(i)
q.join(); q.put(None); t.join(); print(got)
pq = queue.PriorityQueue(); lq = queue.LifoQueue()
for i in (3, 1, 2): pq.put(i); lq.put(i)
print([pq.get() for _ in range(3)], [lq.get() for _ in range(3)])
sq = queue.SimpleQueue(); t = threading.Thread(target=lambda: got.append(sq.get())); t.start(); sq.put('s'); t.join(); print(got[-1], sq.empty(), sq.qsize())
try: sq.get(timeout=0.001)
except queue.Empty: print('empty')
class Local(threading.local):
    kind = 'class'
    def __init__(self, n): self.n = n
l = Local(5); l.n = 6; seen = []
def see(): seen.append(l.n); l.n = 7; seen.append(l.n); seen.append(l.kind); seen.append(sorted(l.__dict__))
t = threading.Thread(target=see); t.start(); t.join(); print(seen, l.n)
p = threading.local(); p.x = 1; del p.x
for f in (lambda: p.x, lambda: threading.local(1), lambda: setattr(p, '__dict__', {})):
    try: f()
    except (AttributeError, TypeError) as x: print(x)
timer = threading.Timer(0.001, log.append, ['timer']); timer.start(); timer.join(); print(log)
timer = threading.Timer(50, log.append, ['never']); timer.start(); timer.cancel(); timer.join(); print(log)
r = threading.RLock()
with r:
    with r: print('nested')
lock = threading.Lock(); print(lock.acquire(), lock.locked(), lock.acquire(False)); lock.release()
print(threading._PyRLock()._is_owned() if hasattr(threading, '_PyRLock') else False)
