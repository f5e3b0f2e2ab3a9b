class D:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
def outer():
    d = D('cell')
    def inner(): return d.name
    return inner
f = outer()
print(f())
f = None
print('--')
def rebinding():
    d = D('first')
    def inner():
        nonlocal d
        d = D('second')
    inner()
    print('rebound')
rebinding()
print('--')
def generator():
    d = D('held by generator')
    try:
        yield 1
        yield 2
    finally:
        print('finally', d.name)
g = generator()
next(g)
g = None
print('--')
def default(d=D('default argument')): pass
del default
print('end')
# expect: cell
# expect: del cell
# expect: --
# expect: del first
# expect: rebound
# expect: del second
# expect: --
# expect: finally held by generator
# expect: del held by generator
# expect: --
# expect: del default argument
# expect: end
