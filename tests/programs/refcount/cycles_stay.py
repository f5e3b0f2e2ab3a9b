class D:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
a = D('a')
a.me = a.name
del a
p, q = D('p'), D('q')
p.other = q
print('p holds q')
del q
print('q not gone')
del p
x = D('x')
x.list = [1]
y = x.list
del x
print(y)
parent = D('parent')
parent.child = D('child')
parent.child.parent_name = parent.name
del parent
m = D('m')
m.f = lambda: 'no reference to m'
del m
print('end')
# expect: del a
# expect: p holds q
# expect: q not gone
# expect: del p
# expect: del q
# expect: del x
# expect: [1]
# expect: del parent
# expect: del child
# expect: del m
# expect: end
