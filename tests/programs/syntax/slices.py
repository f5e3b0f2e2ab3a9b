l = list(range(10))
print(l[2:5], l[:3], l[7:], l[:], l[-3:], l[:-7])
print(l[::2], l[1::3], l[::-1], l[8:2:-2], l[-1:-4:-1])
print(l[5:2], l[20:], l[-100:2], l[2:2])
s = 'abcdef'
print(s[1:4], s[::-1], s[::2], s[-2:], s[4:1:-1])
t = (1, 2, 3, 4)
print(t[1:], t[::-1], t[:0])
step = slice(1, 8, 3)
print(l[step], step.start, step.stop, step.step)
print(slice(None, 3), slice(5).indices(3), slice(None, None, -1).indices(4))
print(b'bytes'[1:3], range(10)[2:8:3], list(range(10)[::-3]))
# expect: [2, 3, 4] [0, 1, 2] [7, 8, 9] [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] [7, 8, 9] [0, 1, 2]
# expect: [0, 2, 4, 6, 8] [1, 4, 7] [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] [8, 6, 4] [9, 8, 7]
# expect: [] [] [0, 1] []
# expect: bcd fedcba ace ef edc
# expect: (2, 3, 4) (4, 3, 2, 1) ()
# expect: [1, 4, 7] 1 8 3
# expect: slice(None, 3, None) (0, 3, 1) (3, -1, -1)
# expect: b'yt' range(2, 8, 3) [9, 6, 3, 0]
