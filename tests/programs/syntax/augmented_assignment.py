x = 7
x += 3; print(x)  # expect: 10
x -= 4; print(x)  # expect: 6
x *= 5; print(x)  # expect: 30
x //= 4; print(x)  # expect: 7
x **= 2; print(x)  # expect: 49
x %= 10; print(x)  # expect: 9
x <<= 3; print(x)  # expect: 72
x |= 1; print(x)  # expect: 73
x ^= 5; print(x)  # expect: 76
x &= 6; print(x)  # expect: 4
x >>= 1; print(x)  # expect: 2
x /= 4; print(x)  # expect: 0.5
s = 'a'
s += 'b'
s *= 2
print(s)  # expect: abab
l = m = [1]
l += (2, 3)
l *= 2
print(l, l is m)  # expect: [1, 2, 3, 1, 2, 3] True
t = u = (1,)
t += (2,)
print(t, u)  # expect: (1, 2) (1,)
