def run(coro):
    try:
        while True:
            coro.send(None)
    except StopIteration as stop:
        return stop.value
async def three(): return 3
async def add(a, b): return await a + await b
async def nested(n):
    if n == 0: return 'bottom'
    return 'in(%s)' % await nested(n - 1)
print(run(three()), run(add(three(), three())), run(nested(3)))  # expect: 3 6 in(in(in(bottom)))
async def fails(): raise ValueError('async error')
async def catches():
    try:
        await fails()
    except ValueError as e:
        return 'caught %s' % e
    finally:
        print('finally')  # expect: finally
print(run(catches()))  # expect: caught async error
try:
    run(fails())
except ValueError as e:
    print(e)  # expect: async error
c = three()
print(type(c).__name__, three.__name__)  # expect: coroutine three
c.close()
async def bad_await(): await 5
try:
    run(bad_await())
except TypeError:
    print('cannot await an int')  # expect: cannot await an int
