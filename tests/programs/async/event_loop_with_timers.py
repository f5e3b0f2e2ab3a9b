import collections, heapq, itertools
class CancelledError(Exception): pass
class Task:
    ids = itertools.count(1)
    def __init__(self, coro): self.id, self.coro, self.result, self.exc, self.done, self.waiters, self.must_cancel = next(self.ids), coro, None, None, False, [], False
    def __await__(self):
        if not self.done: yield ('join', self)
        if self.exc: raise self.exc
        return self.result
    def cancel(self): self.must_cancel = True
class Loop:
    def __init__(self): self.ready, self.timers, self.now, self.seq = collections.deque(), [], 0, itertools.count()
    def create_task(self, coro): t = Task(coro); self.ready.append((t, None)); return t
    def run(self, coro):
        main = self.create_task(coro)
        while self.ready or self.timers:
            if not self.ready:
                self.now, _, task = heapq.heappop(self.timers); self.ready.append((task, None))
            task, value = self.ready.popleft()
            if task.done: continue
            try:
                if task.must_cancel: task.must_cancel = False; cmd = task.coro.throw(CancelledError('cancelled'))
                else: cmd = task.coro.send(value)
            except StopIteration as e: task.done, task.result = True, e.value
            except BaseException as e: task.done, task.exc = True, e
            else:
                if cmd[0] == 'sleep': heapq.heappush(self.timers, (self.now + cmd[1], next(self.seq), task))
                elif cmd[0] == 'join': cmd[1].waiters.append(task)
                elif cmd[0] == 'yield': self.ready.append((task, None))
                continue
            for w in task.waiters: self.ready.append((w, None))
        if main.exc: raise main.exc
        return main.result
class Cmd:
    def __init__(self, *a): self.a = a
    def __await__(self): return (yield self.a)
def sleep(n): return Cmd('sleep', n)
loop = Loop(); log = []
class Lock:
    def __init__(self): self.locked, self.q = False, collections.deque()
    async def __aenter__(self):
        while self.locked: await sleep(1)
        self.locked = True
    async def __aexit__(self, *exc): self.locked = False
lock = Lock()
async def worker(name, delay):
    for i in range(2):
        await sleep(delay)
        async with lock:
            log.append((loop.now, name, i)); await sleep(1)
    return name
async def forever():
    try:
        while True: await sleep(1)
    except CancelledError: log.append('cancelled'); raise
    finally: log.append('cleanup')
async def ticker(n):
    for i in range(n):
        await sleep(1); yield i
async def main():
    a, b, f = loop.create_task(worker('a', 1)), loop.create_task(worker('b', 2)), loop.create_task(forever())
    r = [await a, await b]
    f.cancel()
    try: await f
    except CancelledError as e: log.append(f'caught {e}')
    async for t in ticker(2): log.append(('tick', t, loop.now))
    total = 0
    async for t in ticker(5):
        if t == 3: break
        total += t
    r.append(total)
    bad = loop.create_task(fails())
    try: await bad
    except ZeroDivisionError as e: log.append(repr(e))
    return r
async def fails(): await sleep(1); return 1 / 0
print(loop.run(main()))
for l in log: print(l)
# expect: ['a', 'b', 3]
# expect: (1, 'a', 0)
# expect: (3, 'b', 0)
# expect: (4, 'a', 1)
# expect: (6, 'b', 1)
# expect: cancelled
# expect: cleanup
# expect: caught cancelled
# expect: ('tick', 0, 8)
# expect: ('tick', 1, 9)
# expect[-3.6]: ZeroDivisionError('division by zero',)
# expect[3.7+]: ZeroDivisionError('division by zero')
