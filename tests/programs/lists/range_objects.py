r = range(2, 10, 3)
print(r, list(r), len(r), r[0], r[-1], r[1:], 5 in r, 6 in r, r.index(8), r.count(2), r.start, r.stop, r.step)
print(list(range(5)), list(range(5, 0, -1)), list(range(0)), list(range(3, 1)), list(range(-3, 0)), range(3) == range(0, 3))
print(bool(range(0)), bool(range(1)), list(reversed(range(4))), sum(range(101)), max(range(5)), list(range(10))[::3])
try:
    range(1, 2, 0)
except ValueError as e:
    print(e)
try:
    range(1.5)
except TypeError as e:
    print(e)
try:
    range(3)[5]
except IndexError as e:
    print(e)
print(range(0, 5, 2) == range(0, 6, 2), hash(range(3)) == hash(range(0, 3, 1)), len(range(10 ** 12)), 10 ** 11 in range(10 ** 12))
it = iter(range(3)); next(it)
print(list(it), [x * y for x in range(1, 3) for y in range(1, 3)], dict.fromkeys(range(2)))
# expect: range(2, 10, 3) [2, 5, 8] 3 2 8 range(5, 11, 3) True False 2 1 2 10 3
# expect: [0, 1, 2, 3, 4] [5, 4, 3, 2, 1] [] [] [-3, -2, -1] True
# expect: False True [3, 2, 1, 0] 5050 4 [0, 3, 6, 9]
# expect: range() arg 3 must not be zero
# expect: 'float' object cannot be interpreted as an integer
# expect: range object index out of range
# expect: True True 1000000000000 True
# expect: [1, 2] [1, 2, 2, 4] {0: None, 1: None}
