# requires: 3.8
a, b = 3, 'x'
print(f'{a=} {b=} {a + 1 = } {b}' if False else f'{a=} {b=} {a + 1 = } {b!r} {a=:>5}')
print(f'{len([1,2])=}')
if (n := 10) > 5:
    print('walrus', n)
print([y := 1, y ** 2], y, [z for x in range(5) if (z := x * x) % 2 == 0], z)
def f(a, b, /, c, *, d): return (a, b, c, d)
print(f(1, 2, c=3, d=4))
try:
    f(1, b=2, c=3, d=4)
except TypeError as e:
    print(e)
while (line := next(iter(['stop']))) != 'stop':
    pass
print(line)
# expect: a=3 b='x' a + 1 = 4 'x' a=    3
# expect: len([1,2])=2
# expect: walrus 10
# expect: [1, 1] 1 [0, 4, 16] 16
# expect: (1, 2, 3, 4)
# expect: f() got some positional-only arguments passed as keyword arguments: 'b'
# expect: stop
