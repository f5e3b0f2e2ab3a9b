import weakref
class O:
    def __init__(self, name): self.name = name
log = []
def note(tag): return lambda ref: log.append((tag, ref() is None))
o = O('x')
r1 = weakref.ref(o, note('first'))
r2 = weakref.ref(o, note('second'))
print(r1() is o, r1().name, log)  # expect: True x []
del o
print(log, r1(), r2())  # expect: [('second', True), ('first', True)] None None
del log[:]
o = O('y')
r = weakref.ref(o, note('reassign'))
o = None
print(log)  # expect: [('reassign', True)]
del log[:]
def f():
    o = O('local')
    r = weakref.ref(o, note('never: the reference dies too or first'))
    keep.append(weakref.ref(o, note('function exit')))
keep = []
f()
print([t for t in log if t[0] == 'function exit'])  # expect: [('function exit', True)]
del log[:]
o = O('z')
r = weakref.ref(o, note('reference dropped first'))
del r
del o
print(log)  # expect: []
