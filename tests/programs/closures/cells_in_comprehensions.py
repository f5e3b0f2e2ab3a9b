def f(n):
    return [lambda: n + i for i in range(2)], {k: (lambda: k) for k in 'ab'}
fs, d = f(10)
print([g() for g in fs], [d[k]() for k in d])  # expect: [11, 11] ['b', 'b']
def g():
    x = 5
    return [[x * y for y in range(3)] for x in range(2)], x
print(g())  # expect: ([[0, 0, 0], [0, 1, 2]], 5)
def h(limit):
    return list(x for x in range(10) if x < limit)
print(h(3))  # expect: [0, 1, 2]
class C:
    n = 3
    squares = [i * i for i in range(n)]
print(C.squares)  # expect: [0, 1, 4]
def nested():
    a = 1
    return [[(a, b, c) for c in range(1)] for b in range(2)]
print(nested())  # expect: [[(1, 0, 0)], [(1, 1, 0)]]
