d = {'a': 1, 'b': 2}
d.update(c=3); d.update([('d', 4)]); d.setdefault('e', 5); d.setdefault('a', 99)
print(d, d.get('z'), d.get('z', 0), d.pop('a'), d.pop('zz', None), len(d), 'b' in d, list(d), list(d.values()), list(d.items()))
print(d.popitem(), dict.fromkeys('ab', 0), dict(zip('xy', [1, 2])), dict([('k', 'v')], m=1), {k: v for k, v in d.items() if v > 2}, d == {'d': 4, 'c': 3, 'b': 2})
for f in (lambda: d['nope'], lambda: d.pop('nope'), lambda: {}.popitem(), lambda: {[]: 1}):
    try:
        f()
    except (KeyError, TypeError) as e:
        print(type(e).__name__, e)
del d['b']
copy = d.copy(); copy['new'] = 1
print(d, copy, d.clear(), d, bool(d), dict(a=1) | dict(b=2) if hasattr(dict, '__or__') else {'a': 1, 'b': 2})
k = {'x': 1}.keys()
print(k & {'x', 'y'}, k | {'y'} == {'x', 'y'}, 'x' in k, sorted({'b': 1, 'a': 2}), {1: 'int', 1.0: 'float', True: 'bool'})
try:
    e = {1: 1}
    for q in e: e[q + 1] = 1
except RuntimeError as err:
    print(err)
s = {1, 2, 3}
s.add(4); s.discard(9); s.remove(1); s.update([5], (6,))
print(sorted(s), sorted(s & {2, 3}), sorted(s | {9}), sorted(s - {2}), sorted(s ^ {2, 99}), s >= {2}, {2} < s, s.isdisjoint({100}), len(s))
try:
    s.remove(77)
except KeyError as e:
    print('KeyError', e)
fs = frozenset('ab')
print(fs == {'a', 'b'}, hash(fs) == hash(frozenset('ba')), {fs: 1}[frozenset('ab')], set() == set(), sorted({x % 3 for x in range(9)}), set('a'), frozenset())
s &= {2, 3}; s |= {7}; s -= {2}
print(sorted(s), s.copy() == s, s.pop() in (3, 7), s.union([1], [2]) >= {1, 2}, s.issubset(range(10)), {1, 2}.intersection([2, 3]), {1}.symmetric_difference([2]) == {1, 2})
# expect: {'b': 2, 'c': 3, 'd': 4, 'e': 5} None 0 1 None 4 True ['b', 'c', 'd', 'e'] [2, 3, 4, 5] [('b', 2), ('c', 3), ('d', 4), ('e', 5)]
# expect: ('e', 5) {'a': 0, 'b': 0} {'x': 1, 'y': 2} {'k': 'v', 'm': 1} {'c': 3, 'd': 4} True
# expect: KeyError 'nope'
# expect: KeyError 'nope'
# expect: KeyError 'popitem(): dictionary is empty'
# expect: TypeError unhashable type: 'list'
# expect: {} {'c': 3, 'd': 4, 'new': 1} None {} False {'a': 1, 'b': 2}
# expect: {'x'} True True ['a', 'b'] {1: 'bool'}
# expect: dictionary changed size during iteration
# expect: [2, 3, 4, 5, 6] [2, 3] [2, 3, 4, 5, 6, 9] [3, 4, 5, 6] [3, 4, 5, 6, 99] True True True 5
# expect: KeyError 77
# expect: True True 1 True [0, 1, 2] {'a'} frozenset()
# expect: [3, 7] True True True True {2} True
