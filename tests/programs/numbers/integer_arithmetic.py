print(7 + 3, 7 - 10, 7 * -3, 7 / 2, 6 / 3, 7 // 2, -7 // 2, 7 // -2, -7 // -2)
print(7 % 3, -7 % 3, 7 % -3, -7 % -3, divmod(7, 3), divmod(-7, 3), divmod(7, -3))
print(2 ** 10, 2 ** 0, 2 ** -1, (-2) ** 3, -2 ** 2, 0 ** 0, 10 ** 20)
print(pow(2, 10), pow(2, 10, 1000), pow(3, 200, 13), abs(-5), -(-3), +4, ~5, ~-1)
for bad in (lambda: 1 // 0, lambda: 1 % 0, lambda: 1 / 0, lambda: divmod(1, 0), lambda: 0 ** -1):
    try:
        bad()
    except ZeroDivisionError as e:
        print(type(e).__name__)
print(3 == 3.0, hash(3) == hash(3.0), 1 < 1.5, True + True, True == 1, int(True), False * 5)
print(1 if 0 else 2, max(3, 1, 2), min([4, 2]), sum([1, 2, 3]), sum([1], 10), sum([]))
# expect: 10 -3 -21 3.5 2.0 3 -4 -4 3
# expect: 1 2 -2 -1 (2, 1) (-3, 2) (-3, -2)
# expect: 1024 1 0.5 -8 -4 1 100000000000000000000
# expect: 1024 24 9 5 3 4 -6 0
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: True True True 2 True 1 0
# expect: 2 3 2 6 11 0
