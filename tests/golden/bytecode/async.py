async def f(a):
    async with a as b:
        await b
    async for c in b:
        if c:
            return c
    return [d async for d in b]

async def g(a):
    async for x in a:
        yield x
