d = {'a': 1, 'b': 2}
keys, values, items = d.keys(), d.values(), d.items()
print(keys, values, items, len(keys), 'a' in keys, 2 in values, ('a', 1) in items)
d['c'] = 3
print(list(keys), list(values), list(items))
print(keys & {'a', 'z'}, sorted(keys | {'z'}), sorted(keys - {'a'}), keys == {'a', 'b', 'c'}, sorted(keys ^ {'a', 'q'}))
for k, v in items: print(k, v)
try:
    for k in d: d[k + k] = 0
except RuntimeError as e:
    print(e)
for k in list(d):
    if len(k) > 1: del d[k]
print(d, max(d, key=d.get), sum(values), sorted(items, key=lambda kv: -kv[1]))
print({v: k for k, v in d.items()}, dict(map(reversed, d.items())), iter(keys) is not None, items == d.copy().items())
print([*d], {*d} == keys, list(zip(d, d.values())), keys.isdisjoint(['q']))
# expect: dict_keys(['a', 'b']) dict_values([1, 2]) dict_items([('a', 1), ('b', 2)]) 2 True True True
# expect: ['a', 'b', 'c'] [1, 2, 3] [('a', 1), ('b', 2), ('c', 3)]
# expect: {'a'} ['a', 'b', 'c', 'z'] ['b', 'c'] True ['b', 'c', 'q']
# expect: a 1
# expect: b 2
# expect: c 3
# expect: dictionary changed size during iteration
# expect: {'a': 1, 'b': 2, 'c': 3} c 6 [('c', 3), ('b', 2), ('a', 1)]
# expect: {1: 'a', 2: 'b', 3: 'c'} {1: 'a', 2: 'b', 3: 'c'} True True
# expect: ['a', 'b', 'c'] True [('a', 1), ('b', 2), ('c', 3)] True
