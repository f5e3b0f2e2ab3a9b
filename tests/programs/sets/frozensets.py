f = frozenset([1, 2])
print(f == {1, 2}, {f: 'key'}[frozenset([2, 1])], f | {3} == {1, 2, 3}, type(f | {3}).__name__, type({3} | f).__name__, hash(f) == hash(frozenset((2, 1))))
print(len(f), 1 in f, sorted(f), f & {1}, f - {1}, f.union([9]) == {1, 2, 9}, f.issubset({1, 2, 3}), frozenset(), bool(frozenset()))
for bad in (lambda: f.add(1), lambda: f.remove(1)):
    try:
        bad()
    except AttributeError as e:
        print(e)
groups = {frozenset('ab'): 1}
print(groups.get(frozenset('ba')), frozenset('x') in {frozenset('x')}, {frozenset(), frozenset()} == {frozenset()})
print(isinstance(f, set), isinstance(f, frozenset), frozenset({1: 'a'}), f.copy() is f)
# expect: True key True frozenset set True
# expect: 2 True [1, 2] frozenset({1}) frozenset({2}) True True frozenset() False
# expect: 'frozenset' object has no attribute 'add'
# expect: 'frozenset' object has no attribute 'remove'
# expect: 1 True True
# expect: False True frozenset({1}) True
