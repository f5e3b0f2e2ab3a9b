class B:
    def __init__(self, v): self.v = v
    def __bool__(self):
        print('bool')
        return self.v
class L:
    def __init__(self, n): self.n = n
    def __len__(self):
        print('len')
        return self.n
if B(True): print('true')
if not B(False): print('not false')
print(bool(L(0)), bool(L(2)))
print(B(True) and 'and', B(False) or 'or')
class Both(L):
    def __bool__(self): return True
print(bool(Both(0)), len(Both(0)))
class Plain: pass
print(bool(Plain()), bool(Plain))
class Bad:
    def __bool__(self): return 'yes'
try:
    bool(Bad())
except TypeError as error:
    print(error)
class BadLen:
    def __len__(self): return -1
try:
    len(BadLen())
except ValueError as error:
    print(error)
while B(False):
    pass
print([x for x in (0, 1, '', 'a', [], [0], None, 0.0) if x])
# expect: bool
# expect: true
# expect: bool
# expect: not false
# expect: len
# expect: len
# expect: False True
# expect: bool
# expect: bool
# expect: and or
# expect: len
# expect: True 0
# expect: True True
# expect: __bool__ should return bool, returned str
# expect: __len__() should return >= 0
# expect: bool
# expect: [1, 'a', [0]]
