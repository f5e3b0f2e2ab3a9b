grid = [[0] * 3 for _ in range(2)]
grid[0][1] = 5
print(grid, [row[:] for row in grid], [list(c) for c in zip(*grid)])
alias = [[0] * 2] * 2
alias[0][0] = 1
print(alias, alias[0] is alias[1])
a = [1, [2, 3]]
b = a[:]
b[0] = 10; b[1].append(4)
print(a, b)
l = [1]
l.append(l)
print(l, l[1] is l, len(l))
d = {}
d['self'] = d
print(d)
def modify(x): x.append('m'); x = ['rebound']; return x
c = []
print(modify(c), c)
t = ([], 1)
t[0].append('in tuple')
print(t, [*t[0]], sum([[1], [2, 3]], []))
m = [[1, 2], [3, 4]]
print([[sum(x * y for x, y in zip(r, c)) for c in zip(*m)] for r in m])
# expect: [[0, 5, 0], [0, 0, 0]] [[0, 5, 0], [0, 0, 0]] [[0, 0], [5, 0], [0, 0]]
# expect: [[1, 0], [1, 0]] True
# expect: [1, [2, 3, 4]] [10, [2, 3, 4]]
# expect: [1, [...]] True 2
# expect: {'self': {...}}
# expect: ['rebound'] ['m']
# expect: (['in tuple'], 1) ['in tuple'] [1, 2, 3]
# expect: [[7, 10], [15, 22]]
