class Acc:
    def __init__(self): self.log = []
    def __iadd__(self, o):
        self.log.append(o)
        return self
    def __ior__(self, o): return 'replaced by %r' % o
a = b = Acc()
a += 1
a += 'two'
print(a.log, a is b)  # expect: [1, 'two'] True
a |= 3
print(a)  # expect: replaced by 3
class OnlyAdd:
    def __init__(self, n): self.n = n
    def __add__(self, o): return OnlyAdd(self.n + o)
x = y = OnlyAdd(1)
x += 5
print(x.n, y.n, x is y)  # expect: 6 1 False
class Holder: pass
h = Holder()
h.acc = b
h.acc += 'via attribute'
print(b.log)  # expect: [1, 'two', 'via attribute']
d = {'k': b}
d['k'] += 'via item'
print(len(b.log), d['k'] is b)  # expect: 4 True
