d = {}
for k in 'cab': d[k] = ord(k)
print(list(d), d)
d['a'] = 'updated'
print(list(d))
del d['c']; d['c'] = 'again'
print(list(d), d.popitem(), list(d))
print(list(reversed(list(d))), sorted(d), min(d), next(iter(d)))
def f(**kw): return list(kw)
print(f(z=1, a=2, m=3), list({**{'q': 1, 'a': 1}, 'q': 2}))
class C:
    z = 1
    a = 2
    m = 3
print([k for k in vars(C) if not k.startswith('_')])
merged = dict({'a': 1, 'b': 2}, b=3, c=4)
print(merged, {k: merged[k] for k in reversed(sorted(merged))})
d = {i: i for i in range(10)}
for i in range(0, 10, 2): del d[i]
d[0] = 'back'
print(d)
# expect: ['c', 'a', 'b'] {'c': 99, 'a': 97, 'b': 98}
# expect: ['c', 'a', 'b']
# expect: ['a', 'b', 'c'] ('c', 'again') ['a', 'b']
# expect: ['b', 'a'] ['a', 'b'] a a
# expect: ['z', 'a', 'm'] ['q', 'a']
# expect: ['z', 'a', 'm']
# expect: {'a': 1, 'b': 3, 'c': 4} {'c': 4, 'b': 3, 'a': 1}
# expect: {1: 1, 3: 3, 5: 5, 7: 7, 9: 9, 0: 'back'}
