print(2 + 3 * 4 ** 2 // 5 % 7, -2 ** 2, (-2) ** 2, 2 ** -1, 2 ** 3 ** 2, ~1 + 1, not 1 == 2)
print(1 | 2 ^ 3 & 4 << 1, 1 < 2 == True, (1 < 2) == True, 5 - 3 - 1, 2 / 2 * 3, 7 // 2 * 2, -7 // 2)
print(1 if True else 2 if False else 3, (lambda: 1)(), not True or True, not (True or True), 1 and 2 or 3, 0 or 2 and 3)
print([1, 2, 3][-1], 'abc'[1:][0], {'a': [1, {'b': 2}]}['a'][1]['b'], (1, 2) + (3,), 'a' 'b' * 2, 3 in [1, 2, 3] and 4)
print(1 is not None, not None is None, 'x' not in 'abc', 1 == 1 in [1], *[1, 2], {**{}}, [*()], f'{1 + 1}')
a = b = c = 5
a, b = b + 1, a - 1
print(a, b, c, a > b < c, a == b != c, -a + +b, a & b | c)
x = [i for i in range(3)] + [j for j in 'ab'] * 2
print(x, x[1:-1:2], len(x) if x else 0, x and x[0])
# expect: 4 -4 4 0.5 512 -1 True
# expect: 3 False True 1 3.0 6 -4
# expect: 1 1 True False 2 3
# expect: 3 b 2 (1, 2, 3) abab 4
# expect: True False True True 1 2 {} [] 2
# expect: 6 4 5 True False -2 5
# expect: [0, 1, 2, 'a', 'b', 'a', 'b'] [1, 'a', 'a'] 7 0
