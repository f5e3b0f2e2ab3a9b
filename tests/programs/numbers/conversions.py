print(int('42'), int(' 42 '), int('-7'), int('+7'), int('1_000'), int('101', 2), int('ff', 16), int('0o17', 0), int(), int(3.7), int(True))
print(str(42), str(-1.5), float('3'), float('.5'), float('-1e3'), bool(0), bool(0.0), bool('0'), bool([]), bool(None))
for bad in ('', 'abc', '1.5', '0x10', '1__0', '--1'):
    try:
        int(bad)
    except ValueError as e:
        print(e)
for bad in ('x', '1,5'):
    try:
        float(bad)
    except ValueError as e:
        print(e)
for bad in (None, [], {}):
    try:
        int(bad)
    except TypeError as e:
        print('TypeError', type(bad).__name__)
print(list(map(int, '1 2 3'.split())), [float(x) for x in ('1', '2.5')], ''.join(map(str, [1, 2])), chr(ord('a') + 1))
print(isinstance(3, int), isinstance(3.0, int), isinstance(True, int), (3).__class__.__name__, type(1 / 1).__name__, type(3 // 1.0).__name__)
# expect: 42 42 -7 7 1000 5 255 15 0 3 1
# expect: 42 -1.5 3.0 0.5 -1000.0 False False True False False
# expect: invalid literal for int() with base 10: ''
# expect: invalid literal for int() with base 10: 'abc'
# expect: invalid literal for int() with base 10: '1.5'
# expect: invalid literal for int() with base 10: '0x10'
# expect: invalid literal for int() with base 10: '1__0'
# expect: invalid literal for int() with base 10: '--1'
# expect: could not convert string to float: 'x'
# expect: could not convert string to float: '1,5'
# expect: TypeError NoneType
# expect: TypeError list
# expect: TypeError dict
# expect: [1, 2, 3] [1.0, 2.5] 12 b
# expect: True False True int float float
