from collections import defaultdict, OrderedDict, Counter
d = defaultdict(list)
d['a'].append(1); d['a'].append(2); d['b']
print(dict(d), 'c' in d, d.get('c'), len(d), d.default_factory is list)
n = defaultdict(int)
for ch in 'hello': n[ch] += 1
print(sorted(n.items()), n == {'h': 1, 'e': 1, 'l': 2, 'o': 1})
try:
    defaultdict()['x']
except KeyError as e:
    print('KeyError', e)
o = OrderedDict([('a', 1), ('b', 2), ('c', 3)])
o.move_to_end('a')
print(list(o), o.popitem(last=False), list(o), OrderedDict(a=1) == {'a': 1})
print(OrderedDict([('a', 1), ('b', 2)]) == OrderedDict([('b', 2), ('a', 1)]))
c = Counter('abracadabra')
print(c['a'], c['zz'], c.most_common(2), sum(c.values()))
c.update('aa'); c.subtract('b')
print(c['a'], c['b'], sorted(Counter('ab') + Counter('b')), Counter(a=1) == Counter('a'))
# expect: {'a': [1, 2], 'b': []} False None 2 True
# expect: [('e', 1), ('h', 1), ('l', 2), ('o', 1)] True
# expect: KeyError 'x'
# expect: ['b', 'c', 'a'] ('b', 2) ['c', 'a'] True
# expect: False
# expect: 5 0 [('a', 5), ('b', 2)] 11
# expect: 7 1 ['a', 'b'] True
