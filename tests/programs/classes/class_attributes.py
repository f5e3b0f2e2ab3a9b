class C:
    shared = []
    count = 0
    def add(self, x):
        self.shared.append(x)
        self.count += 1
a, b = C(), C()
a.add(1); b.add(2); b.add(3)
print(C.shared, a.count, b.count, C.count)  # expect: [1, 2, 3] 1 2 0
print(sorted(a.__dict__), vars(b))  # expect: ['count'] {'count': 2}
C.count = 50
print(a.count, C().count)  # expect: 1 50
del a.count
print(a.count)  # expect: 50
try:
    del a.count
except AttributeError:
    print('not in the instance')  # expect: not in the instance
C.new = 'added'
print(a.new, 'new' in vars(C), 'new' in vars(a))  # expect: added True False
class Empty: pass
e = Empty()
e.x, e.y = 1, 2
print(e.__dict__)  # expect: {'x': 1, 'y': 2}
e.__dict__['z'] = 3
print(e.z)  # expect: 3
e.__dict__ = {'only': 1}
print(e.only, hasattr(e, 'x'))  # expect: 1 False
