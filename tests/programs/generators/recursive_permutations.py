def permutations(items):
    if not items:
        yield []
    for i in range(len(items)):
        for rest in permutations(items[:i] + items[i + 1:]):
            yield [items[i]] + rest
print([''.join(p) for p in permutations(list('abc'))])  # expect: ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']
def subsets(s):
    if not s:
        yield ()
        return
    for rest in subsets(s[1:]):
        yield rest
        yield (s[0],) + rest
print(sorted(subsets((1, 2, 3))))  # expect: [(), (1,), (1, 2), (1, 2, 3), (1, 3), (2,), (2, 3), (3,)]
def queens(n, cols=()):
    if len(cols) == n:
        yield cols
        return
    for c in range(n):
        if all(c != k and abs(c - k) != len(cols) - i for i, k in enumerate(cols)):
            yield from queens(n, cols + (c,))
print(list(queens(4)), len(list(queens(5))))  # expect: [(1, 3, 0, 2), (2, 0, 3, 1)] 10
