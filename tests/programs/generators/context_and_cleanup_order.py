log = []
class M:
    def __init__(self, n): self.n = n
    def __enter__(self): log.append('in ' + self.n)
    def __exit__(self, *e): log.append('out ' + self.n)
def inner():
    with M('inner'):
        yield 1
        yield 2
def outer():
    with M('outer'):
        yield from inner()
        log.append('after inner')
it = outer()
next(it)
it.close()
print(log)  # expect: ['in outer', 'in inner', 'out inner', 'out outer']
del log[:]
print(list(outer()), log)  # expect: [1, 2] ['in outer', 'in inner', 'out inner', 'after inner', 'out outer']
del log[:]
it = outer(); next(it)
try:
    it.throw(KeyError('k'))
except KeyError:
    print(log)  # expect: ['in outer', 'in inner', 'out inner', 'out outer']
del log[:]
def consume():
    for x in outer():
        if x == 2: raise ValueError
try:
    consume()
except ValueError:
    pass
print(log)  # expect: ['in outer', 'in inner', 'out inner', 'out outer']
it = None
