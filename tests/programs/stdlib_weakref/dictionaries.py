import weakref
class O:
    def __init__(self, n): self.n = n
    def __repr__(self): return 'O%d' % self.n
values = weakref.WeakValueDictionary()
a, b = O(1), O(2)
values['a'], values['b'] = a, b
print(len(values), values['a'], values.get('zz'), 'b' in values, sorted(values.keys()))
del b
print(len(values), 'b' in values, values.get('b', 'gone'))
print(values.setdefault('a', O(9)), values.pop('a'), len(values))
keys = weakref.WeakKeyDictionary()
k = O(3)
keys[k] = 'data'
print(keys[k], len(keys), k in keys)
del k
print(len(keys))
s = weakref.WeakSet()
x, y = O(4), O(5)
s.add(x); s.add(y)
print(len(s), x in s)
del x
print(len(s), list(s))
# expect: 2 O1 None True ['a', 'b']
# expect: 1 False gone
# expect: O1 O1 0
# expect: data 1 True
# expect: 0
# expect: 2 True
# expect: 1 [O5]
