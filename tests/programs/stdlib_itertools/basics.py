import itertools
c = itertools.count()
print(next(c), next(c), next(itertools.count(5)), [next(c) for _ in range(2)], next(itertools.count(10, -3)))
print(list(itertools.chain([1], 'ab', (2,))), list(itertools.chain.from_iterable([[1], [2, 3]])), list(itertools.chain()))
print(list(itertools.islice(itertools.count(), 3)), list(itertools.islice('abcdef', 1, 5, 2)), list(itertools.islice([1, 2], 9)))
even = itertools.count(0, 2)
print(list(zip('abc', even)), next(even), next(even))
it = iter(range(6))
print(list(itertools.islice(it, 2)), list(it))
# expect: 0 1 5 [2, 3] 10
# expect: [1, 'a', 'b', 2] [1, 2, 3] []
# expect: [0, 1, 2] ['b', 'd'] [1, 2]
# expect: [('a', 0), ('b', 2), ('c', 4)] 6 8
# expect: [0, 1] [2, 3, 4, 5]
