class Ask:
    def __init__(self, q): self.q = q
    def __await__(self):
        answer = yield self.q
        return answer
async def talk():
    name = await Ask('name?')
    try:
        age = await Ask('age?')
    except ValueError as e:
        age = 'unknown (%s)' % e
    return name, age
c = talk()
print(c.send(None), c.send('bob'))  # expect: name? age?
try:
    c.throw(ValueError('secret'))
except StopIteration as s:
    print(s.value)  # expect: ('bob', 'unknown (secret)')
try:
    c.send(None)
except RuntimeError as e:
    print(e)  # expect: cannot reuse already awaited coroutine
c = talk()
c.send(None)
c.close()
print('closed')  # expect: closed
async def cleanup():
    try:
        await Ask('x')
    finally:
        print('cleanup')  # expect: cleanup
c = cleanup()
c.send(None)
c.close()
class M:
    async def method(self): return self
    @staticmethod
    async def s(): return 's'
m = M()
try: m.method().send(None)
except StopIteration as s: print(s.value is m)  # expect: True
