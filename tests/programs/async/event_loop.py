class Sleep:
    def __init__(self, ticks): self.ticks = ticks
    def __await__(self):
        yield self.ticks
        return 'slept %d' % self.ticks
async def worker(name, n):
    for i in range(n):
        print(name, i, await Sleep(i + 1))
    return name + ' done'
class Loop:
    def __init__(self): self.time, self.waiting, self.results, self.order = 0, [], {}, 0
    def add(self, name, coro):
        self.schedule(0, name, coro)
    def schedule(self, delay, name, coro):
        self.order += 1
        self.waiting.append((self.time + delay, self.order, name, coro))
    def run(self):
        while self.waiting:
            self.waiting.sort(key=lambda w: w[:2])
            self.time, _, name, coro = self.waiting.pop(0)
            try:
                delay = coro.send(None)
            except StopIteration as stop:
                self.results[name] = stop.value
            else:
                self.schedule(delay, name, coro)
loop = Loop()
loop.add('a', worker('a', 2))
loop.add('b', worker('b', 3))
loop.run()
print(loop.results, loop.time)
# expect: a 0 slept 1
# expect: b 0 slept 1
# expect: a 1 slept 2
# expect: b 1 slept 2
# expect: b 2 slept 3
# expect: {'a': 'a done', 'b': 'b done'} 6
