print(sum([1, 2]), sum((0.5, 1)), sum([[1], [2]], []), max(1, 2), max([3, 1]), max('abc'), min(3, 1, 2), min('b', 'a'))
print(max(['aa', 'b'], key=len), min([-3, 2], key=abs), max([], default='none'), min((), default=0), max([1, 1.0]), max((2, 'a'), (2, 'b')))
print(any([]), all([]), any([0, 1]), all([1, 0]), any(x > 2 for x in range(4)), all('abc'), any(''))
print(list(zip([1, 2, 3], 'ab')), list(zip()), dict(zip('ab', [1, 2])), list(zip(*[(1, 'a'), (2, 'b')])))
print(list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(map(max, [1, 5], [3, 2])))
print(list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x % 2, range(6))), list(enumerate('ab', 5)), list(reversed([1, 2])))
for bad in (lambda: max([]), lambda: sum(['a']), lambda: max(1), lambda: sum(5)):
    try:
        bad()
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
m = map(print, ['lazy'])
print('not yet')
next(m)
z = zip([1, 2], [3])
print(list(z), list(z), abs(-3), divmod(7, 2), len('abc'), sorted(map(abs, [-2, 1])))
# expect: 3 1.5 [1, 2] 2 3 c 1 a
# expect: aa 2 none 0 1 (2, 'b')
# expect: False True True False True True False
# expect: [(1, 'a'), (2, 'b')] [] {'a': 1, 'b': 2} [(1, 2), ('a', 'b')]
# expect: ['1', '2'] [4, 6] [3, 5]
# expect: [1, 'a'] [1, 3, 5] [(5, 'a'), (6, 'b')] [2, 1]
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: TypeError
# expect: not yet
# expect: lazy
# expect: [(1, 3)] [] 3 (3, 1) 3 [1, 2]
