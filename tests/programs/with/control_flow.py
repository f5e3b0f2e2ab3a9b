log = []
class M:
    def __init__(self, n=''): self.n = n
    def __enter__(self): log.append('in' + self.n); return self
    def __exit__(self, *e): log.append('out' + self.n)
def f():
    with M():
        return 'returned'
def g():
    for i in range(3):
        with M(str(i)):
            if i == 0: continue
            if i == 1: break
    return i
def h():
    with M('gen'):
        yield 1
        yield 2
print(f(), g(), log)
del log[:]
it = h(); next(it); print(log); it.close(); print(log)
del log[:]
def nested():
    with M('a'), M('b'):
        try:
            with M('c'):
                raise ValueError
        except ValueError:
            return 'handled'
        finally:
            log.append('finally')
print(nested(), log)
# expect: returned 1 ['in', 'out', 'in0', 'out0', 'in1', 'out1']
# expect: ['ingen']
# expect: ['ingen', 'outgen']
# expect: handled ['ina', 'inb', 'inc', 'outc', 'finally', 'outb', 'outa']
