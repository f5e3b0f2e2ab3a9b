import collections
class Future:
    def __init__(self): self.done, self.value, self.waiters = False, None, []
    def set(self, v):
        self.done, self.value = True, v
        for w in self.waiters: loop.ready.append((w, None))
    def __await__(self):
        if not self.done: yield self
        return self.value
class Sleep:
    def __init__(self, n): self.n = n
    def __await__(self):
        for i in range(self.n): yield
        return self.n
class Loop:
    def __init__(self): self.ready = collections.deque(); self.results = {}
    def spawn(self, coro, name): self.ready.append((coro, None)); coro_names[id(coro)] = name; return coro
    def run(self):
        while self.ready:
            coro, value = self.ready.popleft()
            try:
                got = coro.send(value)
            except StopIteration as e:
                print('done', coro_names[id(coro)], e.value)
                continue
            except Exception as e:
                print('failed', coro_names[id(coro)], repr(e))
                continue
            if isinstance(got, Future): got.waiters.append(coro)
            else: self.ready.append((coro, None))
coro_names = {}
loop = Loop()
fut = Future()
async def child(n):
    r = await Sleep(n)
    print('slept', r)
    return r * 2
async def a():
    x = await child(2)
    y = await fut
    return x, y
async def b():
    await Sleep(1)
    fut.set('from b')
    raise ValueError('b fails')
class ACM:
    async def __aenter__(self): await Sleep(1); print('aenter'); return self
    async def __aexit__(self, *exc): await Sleep(1); print('aexit', exc[0] and exc[0].__name__); return True
class AIter:
    def __init__(self, n): self.n = n
    def __aiter__(self): return self
    async def __anext__(self):
        if self.n == 0: raise StopAsyncIteration
        self.n -= 1
        await Sleep(1)
        return self.n
async def agen(n):
    for i in range(n):
        await Sleep(1)
        yield i
async def c():
    async with ACM() as m:
        async for i in AIter(2): print('aiter', i)
        print([x async for x in agen(3)], [x async for x in agen(4) if x % 2], {x: 1 async for x in agen(1)})
        async for i in agen(2): print('agen', i)
        else: print('else')
        raise KeyError('in c')
    return await gather()
async def gather(): return [await child(i) for i in (1, 0)]
for f in (a, b, c): loop.spawn(f(), f.__name__)
loop.run()
co = child(1)
print(type(co).__name__, co.cr_running, co.__name__)
co.close()
try: co.send(None)
except RuntimeError as e: print(e)
async def cancel():
    try: await Sleep(5)
    except KeyError as e: print('cancelled', e); return 'c'
co = cancel(); co.send(None)
try: co.throw(KeyError('stop'))
except StopIteration as e: print(e.value)
async def bad(): await 5
try: bad().send(None)
except TypeError as e: print(e)
async def ag():
    try:
        got = yield 1
        print('got', got)
        yield 2
    finally: print('ag finally')
def drive(aw):
    try: aw.__await__().send(None) if hasattr(aw, '__await__') else aw.send(None)
    except StopIteration as e: return e.value
    except StopAsyncIteration: return 'StopAsync'
g = ag()
print(drive(g.__anext__()), drive(g.asend('S')), drive(g.__anext__()), drive(g.__anext__()))
g = ag(); drive(g.__anext__()); print(drive(g.aclose()), drive(g.aclose()))
# expect[-3.6]: failed b ValueError('b fails',)
# expect[3.7+]: failed b ValueError('b fails')
# expect: aenter
# expect: slept 2
# expect: done a (4, 'from b')
# expect: aiter 1
# expect: aiter 0
# expect: [0, 1, 2] [1, 3] {0: 1}
# expect: agen 0
# expect: agen 1
# expect: else
# expect: aexit KeyError
# expect: slept 1
# expect: slept 0
# expect: done c [2, 0]
# expect: coroutine False child
# expect: cannot reuse already awaited coroutine
# expect: cancelled 'stop'
# expect: c
# expect: object int can't be used in 'await' expression
# expect: got S
# expect: ag finally
# expect: 1 2 StopAsync StopAsync
# expect: ag finally
# expect: None None
