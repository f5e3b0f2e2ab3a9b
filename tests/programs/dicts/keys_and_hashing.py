class K:
    def __init__(self, v): self.v = v
    def __hash__(self): print('hash', self.v); return 7
    def __eq__(self, o): print('eq', self.v, o.v); return self.v == o.v
d = {}
a, b, a2 = K('a'), K('b'), K('a')
d[a] = 1
d[b] = 2
print(d[a])
print(d[a2])
d[a2] = 'new'
print(len(d), list(d)[0] is a)
print({None: 'n', (): 't', frozenset(): 'f', 1.5: 'x', 'k': int}[frozenset()])
for bad in ([], {}, set(), slice(1) if False else [1]):
    try:
        d2 = {bad: 1}
    except TypeError as e:
        print(e)
print({1: 'a', True: 'b'}, {0: 'x', False: 'y', 0.0: 'z'}, hash('a') == hash('a'), hash(1) == hash(True))
# expect: hash a
# expect: hash b
# expect: eq a b
# expect: hash a
# expect: 1
# expect: hash a
# expect: eq a a
# expect: 1
# expect: hash a
# expect: eq a a
# expect: 2 True
# expect: f
# expect: unhashable type: 'list'
# expect: unhashable type: 'dict'
# expect: unhashable type: 'set'
# expect: unhashable type: 'list'
# expect: {1: 'b'} {0: 'z'} True True
