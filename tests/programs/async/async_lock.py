from collections import deque
class Lock:
    def __init__(self): self.locked, self.waiters = False, deque()
    async def __aenter__(self):
        while self.locked:
            await Wait(self)
        self.locked = True
    async def __aexit__(self, *exc):
        self.locked = False
        if self.waiters: ready.append(self.waiters.popleft())
class Wait:
    def __init__(self, lock): self.lock = lock
    def __await__(self): yield self.lock
class Yield:
    def __await__(self): yield None
ready = deque()
def run():
    while ready:
        coro = ready.popleft()
        try:
            lock = coro.send(None)
        except StopIteration:
            continue
        (ready if lock is None else lock.waiters).append(coro)
async def worker(name, lock, log):
    for i in range(2):
        async with lock:
            log.append(name + ' in')
            await Yield()
            log.append(name + ' out')
log, lock = [], Lock()
for n in 'ab': ready.append(worker(n, lock, log))
run()
print(log)  # expect: ['a in', 'a out', 'a in', 'a out', 'b in', 'b out', 'b in', 'b out']
print(all(log[i][0] == log[i + 1][0] for i in range(0, len(log), 2)))  # expect: True
