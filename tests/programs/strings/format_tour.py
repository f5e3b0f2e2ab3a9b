name, n, pi, items = 'wörld', 42, 3.14159265, [1, 'two', None]
print(f'{name!r} {name!s} {name!a} {n} {pi:.3f} {pi:10.2f}| {n:>8}|{n:<8}|{n:^8}|{n:08d}|{n:+d}|{n:x}|{n:#x}|{n:b}|{n:#o}|{n:e}')
print(f'{items} {items!r:>25} {n:,} {1234567.891:,.2f} {0.256:.1%} {n:_}' f' {"nested " + f"{n}"}')
w, p = 12, 4
print(f'{pi:{w}.{p}f}|{name:*^{w}}|{name:>{w}}|{{literal}}')
print(f'{n if n > 3 else "no"} {[x * 2 for x in range(3)]} {(lambda q: q + 1)(4)} {dict(a=1)["a"]}')
class P:
    def __init__(self, x): self.x = x
    def __format__(self, spec): return f'P<{spec}>({self.x})'
    def __repr__(self): return f'P({self.x!r})'
    def __str__(self): return 'p' + str(self.x)
o = P(7)
print(f'{o} {o!r} {o!s} {o:abc} {o!r:>10} {o.x:03}')
print('{} {!r} {:>5} {0.x}'.replace('{0.x}', '').format(o, o, 'r'), '{0} {1} {0}'.format('a', 'b'), '{k:>{w}}'.format(k=1, w=4))
print('%s %r %5d|%-5d|%05.1f %x %%' % ('s', 'r', 3, 4, 2.25, 255), '%(a)s-%(b)d' % {'a': 1, 'b': 2})
print(f'''multi
{n}
line''')
print(f'{n:>{w}}', f'{True}', f'{None}', f'{1e20}', f'{1e-7}', f'{10**20}', f'{-0.0}', f'{float("inf")} {float("nan")}')
print(format(3.0), format(3.0, 'g'), format(1e100, '.3g'), format(255, 'c') if False else '', format('abc', '.2'), format(-5, '=6d'))
# expect: 'wörld' wörld 'w\xf6rld' 42 3.142       3.14|       42|42      |   42   |00000042|+42|2a|0x2a|101010|0o52|4.200000e+01
# expect: [1, 'two', None]          [1, 'two', None] 42 1,234,567.89 25.6% 42 nested 42
# expect:       3.1416|***wörld****|       wörld|{literal}
# expect: 42 [0, 2, 4] 5 1
# expect: P<>(7) P(7) p7 P<abc>(7)       P(7) 007
# expect: P<>(7) P(7)     r  a b a    1
# expect: s 'r'     3|4    |002.2 ff % 1-2
# expect: multi
# expect: 42
# expect: line
# expect:           42 True None 1e+20 1e-07 100000000000000000000 -0.0 inf nan
# expect: 3.0 3 1e+100  ab -    5
