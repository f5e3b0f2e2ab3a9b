d = {'a': 1, 'b': 2}
d['c'] = 3
print(d, d['a'], len(d), 'a' in d, 1 in d, d.get('x'), d.get('x', 0), list(d))
del d['b']
print(d.pop('a'), d.pop('zz', 'default'), d, d.setdefault('c', 9), d.setdefault('n', []), d)
d['n'].append(1)
print(dict(a=1, b=2), dict([('x', 1), ('y', 2)]), dict({'k': 1}, z=2), dict.fromkeys('ab', 0), dict(zip('pq', range(2))))
d.update({'u': 1}, v=2); d.update([('w', 3)]); print(d)
for bad in (lambda: d['missing'], lambda: d.pop('missing'), lambda: {}.popitem()):
    try:
        bad()
    except KeyError as e:
        print('KeyError', e)
print({'a': 1} == {'a': 1.0}, {'a': 1, 'b': 2} == {'b': 2, 'a': 1}, {} == {}, {1: 'int', 1.0: 'float', True: 'bool'})
c = d.copy(); c.clear(); print(c, len(d), bool(c), d == dict(d))
# expect: {'a': 1, 'b': 2, 'c': 3} 1 3 True False None 0 ['a', 'b', 'c']
# expect: 1 default {'c': 3, 'n': []} 3 [] {'c': 3, 'n': []}
# expect: {'a': 1, 'b': 2} {'x': 1, 'y': 2} {'k': 1, 'z': 2} {'a': 0, 'b': 0} {'p': 0, 'q': 1}
# expect: {'c': 3, 'n': [1], 'u': 1, 'v': 2, 'w': 3}
# expect: KeyError 'missing'
# expect: KeyError 'missing'
# expect: KeyError 'popitem(): dictionary is empty'
# expect: True True True {1: 'bool'}
# expect: {} 5 False True
