class D:
    def __init__(self, name, held=None): self.name, self.held = name, held
    def __del__(self): print('del', self.name)
x = D('outer', D('inner'))
del x
print('--')
l = [D(1), D(2), D(3)]
del l[1]
del l[:]
print('--')
t = (D('t0'), [D('t1')])
t = None
print('--')
s = {D('in set')}
s.clear()
def keep(x): return lambda: x
f = keep(D('in closure'))
print('closure alive')
del f
class C: pass
c = C()
c.attr = D('attribute')
del c.attr
c.attr = D('attribute 2')
del c
g = (x for x in [D('in generator')])
next(g, None)
del g
print('end')
# expect: del outer
# expect: del inner
# expect: --
# expect: del 2
# expect: del 3
# expect: del 1
# expect: --
# expect: del t1
# expect: del t0
# expect: --
# expect: del in set
# expect: closure alive
# expect: del in closure
# expect: del attribute
# expect: del attribute 2
# expect: del in generator
# expect: end
