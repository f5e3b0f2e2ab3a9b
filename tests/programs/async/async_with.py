def run(coro):
    try:
        while True: coro.send(None)
    except StopIteration as stop:
        return stop.value
class Pause:
    def __await__(self): yield
class Manager:
    def __init__(self, name, suppress=False): self.name, self.suppress = name, suppress
    async def __aenter__(self):
        await Pause()
        print('enter', self.name)
        return self.name
    async def __aexit__(self, kind, value, tb):
        await Pause()
        print('exit', self.name, kind and kind.__name__)
        return self.suppress
async def main():
    async with Manager('a') as a, Manager('b') as b:
        print('body', a, b)
    async with Manager('s', True):
        raise ValueError
    async def early():
        async with Manager('r'):
            return 'returned'
    print(await early())
    try:
        async with Manager('n'):
            raise KeyError('k')
    except KeyError as e:
        print('out', e)
run(main())
# expect: enter a
# expect: enter b
# expect: body a b
# expect: exit b None
# expect: exit a None
# expect: enter s
# expect: exit s ValueError
# expect: enter r
# expect: exit r None
# expect: returned
# expect: enter n
# expect: exit n KeyError
# expect: out 'k'
