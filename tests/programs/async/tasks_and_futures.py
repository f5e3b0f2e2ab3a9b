class Future:
    def __init__(self): self.done, self.value, self.callbacks = False, None, []
    def set(self, value):
        self.done, self.value = True, value
        for c in self.callbacks: c()
    def __await__(self):
        if not self.done:
            yield self
        return self.value
ready = []
class Task(Future):
    def __init__(self, coro):
        super().__init__()
        self.coro = coro
        ready.append(self.step)
    def step(self):
        try:
            future = self.coro.send(None)
        except StopIteration as stop:
            self.set(stop.value)
        else:
            future.callbacks.append(lambda: ready.append(self.step))
def run(coro):
    main = Task(coro)
    while ready: ready.pop(0)()
    return main.value
async def producer(f):
    print('producing')
    f.set('item')
    return 'produced'
async def consumer(f):
    print('waiting')
    print('got', await f)
    return 'consumed'
async def main():
    f = Future()
    c, p = Task(consumer(f)), Task(producer(f))
    return [await c, await p]
print(run(main()))
# expect: waiting
# expect: producing
# expect: got item
# expect: ['consumed', 'produced']
