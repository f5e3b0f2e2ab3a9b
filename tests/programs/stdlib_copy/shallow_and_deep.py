import copy
a = [1, [2, 3], {'k': [4]}]
s, d = copy.copy(a), copy.deepcopy(a)
a[1].append('x'); a[2]['k'].append('y')
print(a, s, d)
print(s[1] is a[1], d[1] is a[1], copy.copy((1, 2)), copy.deepcopy('s'))
class C:
    def __init__(self): self.items = []
c = C()
c.items.append(1)
t, u = copy.copy(c), copy.deepcopy(c)
c.items.append(2)
print(t.items, u.items, t is not c)
loop = []
loop.append(loop)
l2 = copy.deepcopy(loop)
print(l2[0] is l2, l2 is not loop)
class D:
    def __copy__(self): return 'copied'
    def __deepcopy__(self, memo): return 'deeply'
print(copy.copy(D()), copy.deepcopy([D()]))
# expect: [1, [2, 3, 'x'], {'k': [4, 'y']}] [1, [2, 3, 'x'], {'k': [4, 'y']}] [1, [2, 3], {'k': [4]}]
# expect: True False (1, 2) s
# expect: [1, 2] [1] True
# expect: True True
# expect: copied ['deeply']
