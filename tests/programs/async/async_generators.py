def run(coro):
    try:
        while True: coro.send(None)
    except StopIteration as stop:
        return stop.value
async def agen():
    try:
        received = yield 1
        print('received', received)
        yield 2
    except ValueError as e:
        print('caught', e)
        yield 'after throw'
    finally:
        print('finally')
async def main():
    g = agen()
    print(await g.__anext__())
    print(await g.asend('hello'))
    try:
        await g.__anext__()
    except StopAsyncIteration:
        print('stopped')
    g = agen()
    await g.__anext__()
    print(await g.athrow(ValueError('v')))
    await g.aclose()
    g = agen()
    await g.asend(None)
    await g.aclose()
    print([x async for x in agen()])
run(main())
# expect: 1
# expect: received hello
# expect: 2
# expect: finally
# expect: stopped
# expect: caught v
# expect: after throw
# expect: finally
# expect: finally
# expect: received None
# expect: finally
# expect: [1, 2]
