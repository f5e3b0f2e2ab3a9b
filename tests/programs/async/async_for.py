def run(coro):
    try:
        while True: coro.send(None)
    except StopIteration as stop:
        return stop.value
class Pause:
    def __await__(self): yield
class Count:
    def __init__(self, n): self.i, self.n = 0, n
    def __aiter__(self): return self
    async def __anext__(self):
        await Pause()
        if self.i == self.n: raise StopAsyncIteration
        self.i += 1
        return self.i
async def agen(n):
    for i in range(n):
        await Pause()
        yield i * 10
async def main():
    async for x in Count(2):
        print(x)
    else:
        print('else')
    async for x in agen(5):
        if x == 10: continue
        if x == 30: break
        print(x)
    print([x async for x in Count(3) if x != 2], {x: 1 async for x in agen(2)})
    print([await one(x) for x in range(2)])
    return 'end'
async def one(x): return x + 1
print(run(main()))
# expect: 1
# expect: 2
# expect: else
# expect: 0
# expect: 20
# expect: [1, 3] {0: 1, 10: 1}
# expect: [1, 2]
# expect: end
