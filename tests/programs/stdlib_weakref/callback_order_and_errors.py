import weakref
class O:
    def __del__(self): log.append('__del__')
log = []
o = O()
r1 = weakref.ref(o, lambda r: log.append('cb1'))
r2 = weakref.ref(o, lambda r: log.append('cb2'))
r3 = weakref.ref(o, lambda r: log.append('cb3'))
del o
print(sorted(log), log[-1] != '__del__' or 'del last')  # expect: ['__del__', 'cb1', 'cb2', 'cb3'] True
class P: pass
def bad(r):
    log.append('raising')
    raise ValueError
p = P()
r = weakref.ref(p, bad)
del p
print(log[-1], r())  # expect: raising None
class Node:
    def __init__(self, parent=None):
        self.parent = weakref.ref(parent) if parent else None
root = Node()
child = Node(root)
print(child.parent() is root)  # expect: True
del root
print(child.parent())  # expect: None
class Q:
    def meth(self): return 'm'
q = Q()
dead = weakref.ref(q.meth)
print(dead())  # expect: None
