l = list(range(10))
print(l[2:5], l[::-1], l[-3:], l[:-3:2], l[8:2:-2], l[5:2], l[100:], l[-100:2])
l[2:5] = 'abc'; print(l)
l[::2] = [0] * 5; print(l)
del l[1::3]; print(l)
l[1:1] = [7, 8]; print(l)
try:
    l[::2] = [1]
except ValueError as e:
    print(e)
s = 'hello world'
print(s[1:4], s[::-1], s[-5:], s[6:] + s[:5], s[slice(0, 5)], s[::3])
class S:
    def __getitem__(self, k): return k
    def __len__(self): return 10
print(S()[1:2], S()[1:2, ...], S()[:], S()[::2, 3], S()[None])
print(slice(1, None, 2).indices(6), slice(1, 2) == slice(1, 2), range(10)[2:8:3], list(range(10)[::-4]))
t = (1, 2, 3, 4); b = b'bytes'
print(t[1:], t[::-1], b[1:3], b[0], bytes(3), b[::-1])
l = [3, 1, 2]
print(l.sort(), l, sorted(l, reverse=True), l.index(2), l.count(1), l.pop(0), l, l.insert(1, 'i'), l, l.remove(2), l)
l.extend(x for x in 'xy'); l += (1,); l *= 2
print(l, len(l), l.reverse(), l[0], max([1, 5, 3]), min('banana'), sum([[1], [2]], []))
print([1, 2] < [1, 3], [1] == [1.0], [] or 'empty', [[0] * 2 for _ in range(2)], [1] + [2], 2 in [1, 2], 5 not in [1])
# expect: [2, 3, 4] [9, 8, 7, 6, 5, 4, 3, 2, 1, 0] [7, 8, 9] [0, 2, 4, 6] [8, 6, 4] [] [] [0, 1]
# expect: [0, 1, 'a', 'b', 'c', 5, 6, 7, 8, 9]
# expect: [0, 1, 0, 'b', 0, 5, 0, 7, 0, 9]
# expect: [0, 0, 'b', 5, 0, 0, 9]
# expect: [0, 7, 8, 0, 'b', 5, 0, 0, 9]
# expect: attempt to assign sequence of size 1 to extended slice of size 5
# expect: ell dlrow olleh world worldhello hello hlwl
# expect: slice(1, 2, None) (slice(1, 2, None), Ellipsis) slice(None, None, None) (slice(None, None, 2), 3) None
# expect: (1, 6, 2) True range(2, 8, 3) [9, 5, 1]
# expect: (2, 3, 4) (4, 3, 2, 1) b'yt' 98 b'\x00\x00\x00' b'setyb'
# expect: None ['i', 3] [3, 2, 1] 1 1 1 ['i', 3] None ['i', 3] None ['i', 3]
# expect: [1, 'y', 'x', 3, 'i', 1, 'y', 'x', 3, 'i'] 10 None 1 5 a [1, 2]
# expect: True True empty [[0, 0], [0, 0]] [1, 2] True True
