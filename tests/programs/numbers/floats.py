print(1.0, 1.5, -0.5, 100.0, 1e10, 1e15, 1e16, 1e17, 1.5e-5, 0.0001, 0.00001, 123456789.123)
print(0.1 + 0.2, 1 / 3, 2 / 3, 10 / 4, 1e308 * 10, -1e308 * 10, 5e-324, 1.7976931348623157e308)
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 7.5 % -2, divmod(7.5, 2), 2.0 ** 0.5, 2 ** 0.5)
print(float('inf'), float('-inf'), float('nan'), float('1e5'), float(' 2.5 '), float('inf') > 10 ** 100)
nan = float('nan')
print(nan == nan, nan != nan, nan < 1, nan in [nan], [nan] == [nan], -0.0, 0.0 == -0.0)
print(int(2.9), int(-2.9), float(3), 3.0 == 3, 2.5.is_integer(), (4.0).is_integer(), abs(-2.5), int(1e10))
print(1.5 + 1, 2 * 1.5, 3 - 0.5, True + 0.5, 1.0 // 0.3, max(1, 1.5), sum([0.5, 0.25]), 1e3 == 1000)
for bad in (lambda: 1.0 / 0, lambda: 1.0 % 0, lambda: int(float('nan')), lambda: int(float('inf'))):
    try:
        bad()
    except (ZeroDivisionError, ValueError, OverflowError) as e:
        print(type(e).__name__)
print(repr(0.1), str(1e-7), repr(1e22), repr(123456789012345680.0), (0.5).as_integer_ratio())
# expect: 1.0 1.5 -0.5 100.0 10000000000.0 1000000000000000.0 1e+16 1e+17 1.5e-05 0.0001 1e-05 123456789.123
# expect: 0.30000000000000004 0.3333333333333333 0.6666666666666666 2.5 inf -inf 5e-324 1.7976931348623157e+308
# expect: 3.0 -4.0 1.5 0.5 -0.5 (3.0, 1.5) 1.4142135623730951 1.4142135623730951
# expect: inf -inf nan 100000.0 2.5 True
# expect: False True False True True -0.0 True
# expect: 2 -2 3.0 True False True 2.5 10000000000
# expect: 2.5 3.0 2.5 1.5 3.0 1.5 0.75 True
# expect: ZeroDivisionError
# expect: ZeroDivisionError
# expect: ValueError
# expect: OverflowError
# expect: 0.1 1e-07 1e+22 1.2345678901234568e+17 (1, 2)
