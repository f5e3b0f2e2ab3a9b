print(7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 % -3, 2 ** 10, 2 ** -1, 7 / 2, divmod(-7, 2), abs(-3), 10 ** 25, -3 ** 2)
print(1 << 70, 255 >> 4, 6 & 3, 6 | 3, 6 ^ 3, ~5, True + True, int(True), bool(0), bool('0'), bool([]), 5 and 0, 0 or 'x', not '')
print(0.1 + 0.2, 1.0, 1e3, 1.5e300 * 1e10, 1e308 * 10, -1e308 * 10, 3.0 // 2, 5.5 % 2, 2.0 ** 0.5, 1 / 3, 100.0, 1e22, 1e21 + 1, 123456789.123)
print(round(3.14159, 2), round(-2.5), round(1234, -2), int('101', 2), bin(10), oct(8), hex(255), float('1e3'), int(1e10), (5).bit_length(), (3.75).as_integer_ratio())
print(3 == 3.0, 1 == True, hash(1) == hash(1.0), 1 < 1.5, 2 ** 53 == 2.0 ** 53, 0.1 == 1e-1, float('nan') == float('nan'), max(1, 2.5), min(3, 1), sum([0.1] * 3))
print(5 .real, (1.5).is_integer(), (2.0).is_integer(), 10 // 3 * 3 + 10 % 3, pow(3, 4, 5), 17 .__add__(1), int.from_bytes(b'\x01\x00', 'big'), (258).to_bytes(2, 'little'))
for f in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0, lambda: 0 ** -1, lambda: int('1.5'), lambda: int(None), lambda: 'a' * 'b', lambda: 1 + 'a', lambda: [] + (), lambda: -'a', lambda: 1 < 'a', lambda: 2.0 ** 10000, lambda: float('x'), lambda: 1 << -1, lambda: int(float('inf')), lambda: int([])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print(f'{2**100}', 10**18 * 10**18, -5 // 3, -(5 // 3), 7.0 // -2, 1_000_000, 0xff, 0o17, 0b11, 1e-10, 12345678901234567890 % 97)
x = 5; x += 2; x *= 3; x -= 1; x //= 4; x **= 2; x %= 7; x <<= 3; x |= 1; x ^= 2; x &= 15; x >>= 1
print(x, 3 if x else 4, x is x, type(x) is int, isinstance(True, int), isinstance(1.0, (int, float)), ord('€'), chr(8364))
# expect: 3 -4 1 2 -2 1024 0.5 3.5 (-4, 1) 3 10000000000000000000000000 -9
# expect: 1180591620717411303424 15 2 7 5 -6 2 1 False True False 0 x True
# expect: 0.30000000000000004 1.0 1000.0 inf inf -inf 1.0 1.5 1.4142135623730951 0.3333333333333333 100.0 1e+22 1e+21 123456789.123
# expect: 3.14 -2 1200 5 0b1010 0o10 0xff 1000.0 10000000000 3 (15, 4)
# expect: True True True True True True False 2.5 1 0.30000000000000004
# expect: 5 False True 10 1 18 256 b'\x02\x01'
# expect: ZeroDivisionError division by zero
# expect: ZeroDivisionError integer division or modulo by zero
# expect[-3.10]: ZeroDivisionError integer division or modulo by zero
# expect[3.11+]: ZeroDivisionError integer modulo by zero
# expect: ZeroDivisionError float division by zero
# expect: ZeroDivisionError 0.0 cannot be raised to a negative power
# expect: ValueError invalid literal for int() with base 10: '1.5'
# expect[-3.9]: TypeError int() argument must be a string, a bytes-like object or a number, not 'NoneType'
# expect[3.10+]: TypeError int() argument must be a string, a bytes-like object or a real number, not 'NoneType'
# expect: TypeError can't multiply sequence by non-int of type 'str'
# expect: TypeError unsupported operand type(s) for +: 'int' and 'str'
# expect: TypeError can only concatenate list (not "tuple") to list
# expect: TypeError bad operand type for unary -: 'str'
# expect: TypeError '<' not supported between instances of 'int' and 'str'
# expect: OverflowError (34, 'Numerical result out of range')
# expect: ValueError could not convert string to float: 'x'
# expect: ValueError negative shift count
# expect: OverflowError cannot convert float infinity to integer
# expect[-3.9]: TypeError int() argument must be a string, a bytes-like object or a number, not 'list'
# expect[3.10+]: TypeError int() argument must be a string, a bytes-like object or a real number, not 'list'
# expect: 1267650600228229401496703205376 1000000000000000000000000000000000000 -2 -1 -4.0 1000000 255 15 3 1e-10 3
# expect: 1 3 True True True True 8364 €
