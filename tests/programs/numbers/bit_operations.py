print(5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 4, 256 >> 3, -8 >> 1, -1 & 0xff, -256 | 1, -5 ^ 3)
print(0b1010 & 0b0110, bin(0b1010 | 0b0101), (5).bit_length(), (0).bit_length(), (-8).bit_length())
try:
    1 << -1
except ValueError as e:
    print(e)
def bits(n): return [i for i in range(n.bit_length()) if n >> i & 1]
print(bits(37), bin(37), sum(1 << i for i in bits(37)))
print(True & False, True | False, True ^ True, not True, ~True if False else -2, True << 2)
flags = 0
for f in (1, 4, 16): flags |= f
print(flags, flags & ~4, bool(flags & 8), flags ^ 1)
print(bin(10), bin(-10), oct(64), hex(4095), int('0b101', 0), int('ff', 16), int('0x1F', 16), int('-77', 8), int('z', 36))
# expect: 1 7 6 -6 16 32 -4 255 -255 -8
# expect: 2 0b1111 3 0 4
# expect: negative shift count
# expect: [0, 2, 5] 0b100101 37
# expect: False True False False -2 4
# expect: 21 17 False 20
# expect: 0b1010 -0b1010 0o100 0xfff 5 255 31 -63 35
