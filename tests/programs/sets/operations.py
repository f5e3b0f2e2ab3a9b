a, b = {1, 2, 3}, {2, 3, 4}
print(a | b == {1, 2, 3, 4}, a & b == {2, 3}, a - b, b - a, sorted(a ^ b), len(a), 2 in a, 9 in a)
print(a.union([5, 6]) == {1, 2, 3, 5, 6}, a.intersection([1], {1, 2}), a.difference([1, 2]), sorted(a.symmetric_difference({1, 9})))
print({1} < a, {1, 2, 3} <= a, a >= {1}, a > a, {1}.issubset(a), a.issuperset({2}), a.isdisjoint({7}), a == {3, 2, 1})
s = set()
s.add(1); s.add(1); s.update([2, 3], (4,)); s.discard(9); s.discard(2); s.remove(3)
print(sorted(s), bool(set()), set() == set([]), set('aab') == {'a', 'b'}, set(), {1})
s |= {7}; s &= {1, 7}; s -= {1}; s ^= {8}
print(sorted(s), s.copy() == s, s is not s.copy())
try:
    s.remove('nope')
except KeyError as e:
    print('KeyError', e)
try:
    {[]}
except TypeError as e:
    print(e)
x = {5}
print(x.pop(), x, sorted({3, 1, 2}), max({1, 5}), sum({1, 2}), list({None}), frozenset([1]))
s.clear(); print(s, len(s))
s.intersection_update([1]); s.difference_update([1]); s.symmetric_difference_update([4]); print(s)
try:
    {1} | [2]
except TypeError as e:
    print(e)
# expect: True True {1} {4} [1, 4] 3 True False
# expect: True {1} {3} [2, 3, 9]
# expect: True True True False True True True True
# expect: [1, 4] False True True set() {1}
# expect: [7, 8] True True
# expect: KeyError 'nope'
# expect: unhashable type: 'list'
# expect: 5 set() [1, 2, 3] 5 3 [None] frozenset({1})
# expect: set() 0
# expect: {4}
# expect: unsupported operand type(s) for |: 'set' and 'list'
