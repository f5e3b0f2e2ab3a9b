print([x * x for x in range(5)], [x for x in range(10) if x % 2 if x > 3], [c.upper() for c in 'abc'])
print([(x, y) for x in range(3) for y in range(x)], [[y for y in range(x)] for x in range(3)])
print([x if x % 2 else -x for x in range(4)], [a + b for a, b in [(1, 2), (3, 4)]], [first for first, *_ in ['abc', 'de']])
print([y for x in [[1, 2], [3]] for y in x], [f(2) for f in (lambda x: x + 1, lambda x: x * 10)], [i for i in []])
x = 'kept'
[x for x in range(3)]
print(x, [x for x in 'ab'], x)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], sum([v for row in matrix for v in row if v % 2 == 0]))
log = []
print([log.append(v) or v for v in (1, 2)], log, [None for _ in range(2)])
print([(i, j, k) for i in range(2) for j in range(2) if i != j for k in (i, j) if k])
# expect: [0, 1, 4, 9, 16] [5, 7, 9] ['A', 'B', 'C']
# expect: [(1, 0), (2, 0), (2, 1)] [[], [0], [0, 1]]
# expect: [0, 1, -2, 3] [3, 7] ['a', 'd']
# expect: [1, 2, 3] [3, 20] []
# expect: kept ['a', 'b'] kept
# expect: [[1, 4], [2, 5], [3, 6]] 12
# expect: [1, 2] [1, 2] [None, None]
# expect: [(0, 1, 1), (1, 0, 1)]
