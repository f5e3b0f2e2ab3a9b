class D:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
class Holder:
    __slots__ = ('slot',)
h = Holder()
h.slot = D('slot 1')
h.slot = D('slot 2')
del h.slot
h.slot = D('slot 3')
del h
print('--')
class C:
    attr = D('class attribute')
C.attr = None
print('--')
x = D('x')
x.__dict__['self_made'] = 1
y = x.name
x.__init__('renamed')
del x
def swap():
    a, b = D('a'), D('b')
    a, b = b, a
    print('swapped', a.name, b.name)
    a = None
    print('a dropped')
swap()
l = [D('l0'), D('l1'), D('l2')]
l[0:2] = [D('new')]
print(len(l))
l += [D('added')]
l = l[1:]
print('sliced', [d.name for d in l])
l.sort(key=lambda d: d.name)
l = None
print('end')
# expect: del slot 1
# expect: del slot 2
# expect: del slot 3
# expect: --
# expect: del class attribute
# expect: --
# expect: del renamed
# expect: swapped b a
# expect: del b
# expect: a dropped
# expect: del a
# expect: del l1
# expect: del l0
# expect: 2
# expect: del new
# expect: sliced ['l2', 'added']
# expect: del l2
# expect: del added
# expect: end
