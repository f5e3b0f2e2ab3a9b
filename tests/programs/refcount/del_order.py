class D:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
a = D('a')
b = a
del a
print('still referenced by b')
b = None
print('gone')
c = D('c1')
c = D('c2')
print('reassigned')
def f():
    local = D('local')
    other = D('other')
    print('leaving')
f()
D('temporary')
print('after temporary')
l = [D('l0'), D('l1')]
l.pop()
l[0] = None
d = {'k': D('value')}
d['k'] = D('second')
d.clear()
del c
print('end')
# expect: still referenced by b
# expect: del a
# expect: gone
# expect: del c1
# expect: reassigned
# expect: leaving
# expect: del local
# expect: del other
# expect: del temporary
# expect: after temporary
# expect: del l1
# expect: del l0
# expect: del value
# expect: del second
# expect: del c2
# expect: end
