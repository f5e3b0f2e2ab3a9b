import itertools
print(list(itertools.repeat('x', 3)), [x for x, _ in zip(itertools.cycle('ab'), range(5))])
print(list(itertools.takewhile(lambda x: x < 3, range(9))), list(itertools.dropwhile(lambda x: x < 3, range(5))))
print(list(itertools.product('ab', [1, 2])), list(itertools.permutations([1, 2, 3], 2)), list(itertools.combinations('abc', 2)))
print(list(itertools.accumulate([1, 2, 3])), list(itertools.zip_longest('ab', [1], fillvalue='-')), list(itertools.starmap(pow, [(2, 3)])))
print([(k, list(g)) for k, g in itertools.groupby('aabbb')])
# expect: ['x', 'x', 'x'] ['a', 'b', 'a', 'b', 'a']
# expect: [0, 1, 2] [3, 4]
# expect: [('a', 1), ('a', 2), ('b', 1), ('b', 2)] [(1, 2), (1, 3), (2, 1), (2, 3), (3, 1), (3, 2)] [('a', 'b'), ('a', 'c'), ('b', 'c')]
# expect: [1, 3, 6] [('a', 1), ('b', '-')] [8]
# expect: [('a', ['a', 'a']), ('b', ['b', 'b', 'b'])]
