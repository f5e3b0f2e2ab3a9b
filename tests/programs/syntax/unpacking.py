a, b = 1, 2
a, b = b, a
print(a, b)  # expect: 2 1
(c, d), e = (3, 4), 5
[f, g] = 'xy'
print(c, d, e, f, g)  # expect: 3 4 5 x y
first, *rest = range(4)
print(first, rest)  # expect: 0 [1, 2, 3]
*start, last = 'abc'
print(start, last)  # expect: ['a', 'b'] c
head, *middle, tail = [1, 2]
print(head, middle, tail)  # expect: 1 [] 2
(x, *y), z = [[1, 2, 3], 4]
print(x, y, z)  # expect: 1 [2, 3] 4
for k, (v, w) in {'k': (1, 2)}.items():
    print(k, v, w)  # expect: k 1 2
i = j = k = []
i.append(1)
print(j, k is i)  # expect: [1] True
