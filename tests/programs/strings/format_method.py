print('{} {}'.format(1, 2), '{1} {0} {1}'.format('a', 'b'), '{x} {y}'.format(x=1, y='z'))
print('{0.real} {1[0]} {2[key]}'.format(5, [7], {'key': 'v'}))
print('{:5}|{:<5}|{:>5}|{:^5}|{:*^7}'.format('a', 'b', 'c', 'd', 'e'))
print('{:5d}|{:<5d}|{:05d}|{:+d}|{: d}|{:,}'.format(42, 42, 42, 42, 42, 1234567))
print('{:x} {:X} {:#x} {:b} {:o} {:c} {:e}'.format(255, 255, 255, 5, 8, 65, 12345.678))
print('{:.2f} {:8.3f} {:.0f} {:%} {:.1%} {:g}'.format(3.14159, 2.5, 2.5, 0.25, 0.5, 0.0001))
print('{!r} {!s} {!r:>6}'.format('a', 'b', 'c'), '{{}} {{{}}}'.format(1))
print('{:{width}.{prec}f}'.format(3.14159, width=8, prec=2), '{:>{}}'.format('x', 4))
for bad in (lambda: '{}'.format(), lambda: '{x}'.format(y=1), lambda: '{:d}'.format('s'), lambda: '{'.format(1)):
    try:
        bad()
    except (IndexError, KeyError, ValueError) as e:
        print(type(e).__name__)
print('{0}{0}'.format(*'a'), '{a}{b}'.format(**{'a': 1, 'b': 2}))
print(format(3.14159, '.3'), format(42, '06'), format('x'), format(True), format([1], ''))
# expect: 1 2 b a b 1 z
# expect: 5 7 v
# expect: a    |b    |    c|  d  |***e***
# expect:    42|42   |00042|+42| 42|1,234,567
# expect: ff FF 0xff 101 10 A 1.234568e+04
# expect: 3.14    2.500 2 25.000000% 50.0% 0.0001
# expect: 'a' b    'c' {} {1}
# expect:     3.14    x
# expect: IndexError
# expect: KeyError
# expect: ValueError
# expect: ValueError
# expect: aa 12
# expect: 3.14 000042 x True [1]
