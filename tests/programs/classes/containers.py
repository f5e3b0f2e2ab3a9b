class Box:
    def __init__(self, *items): self.items = list(items)
    def __len__(self): return len(self.items)
    def __getitem__(self, i):
        print('get', i)
        return self.items[i]
    def __setitem__(self, i, v):
        print('set', i, v)
        self.items[i] = v
    def __delitem__(self, i):
        print('del', i)
        del self.items[i]
    def __contains__(self, x):
        print('contains', x)
        return x in self.items
b = Box(1, 2, 3)
print(len(b), b[0], b[-1], b[0:2])
b[1] = 20
b[0] += 5
del b[2]
print(20 in b, 99 not in b, bool(b), bool(Box()))
print(b[1, 2:3] if False else b.items)
print(list(Box(7, 8)))
# expect: get 0
# expect: get -1
# expect: get slice(0, 2, None)
# expect: 3 1 3 [1, 2]
# expect: set 1 20
# expect: get 0
# expect: set 0 6
# expect: del 2
# expect: contains 20
# expect: contains 99
# expect: True True True False
# expect: [6, 20]
# expect: get 0
# expect: get 1
# expect: get 2
# expect: [7, 8]
