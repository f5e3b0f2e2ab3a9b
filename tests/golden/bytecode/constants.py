def f(x):
    a = -1, 2 + 3 * 4, 'a' * 3, not None, (1, (2, 'x'))
    b = [1, 2, 3], {1, 2, 3}, {'a': x, 'b': 2}, {**x, 'c': 1}
    if x in [1, 2] or x not in {3, 4}:
        return 1.0, 10 ** 20, b'\x00a', ...
