print('%s %r %d' % ('a', 'b', 3), '%s' % 5, '%s' % [1, 2], '%s %s' % (None, True))
print('%5d|%-5d|%05d|%+d|% d' % (42, 42, 42, 42, 42))
print('%5s|%-5s|%.2s|%5.1s|' % ('ab', 'ab', 'abc', 'xyz'))
print('%f %.2f %8.3f %e %g %g' % (1.5, 2.345, 3.14159, 12345.678, 0.5, 1e20))
print('%x %X %#x %o %c %c' % (255, 255, 255, 8, 'z', 65), '%%', '100%% of %d' % 3)
print('%(name)s is %(age)d' % {'name': 'bob', 'age': 5}, '%(x)r' % {'x': 'q', 'unused': 1})
print('%*d' % (5, 3), '%.*f' % (2, 3.14159), '%s' % ((1, 2),), '%d' % 3.99)
for bad in (lambda: '%d' % 'x', lambda: '%s %s' % 1, lambda: '%s' % (1, 2), lambda: '%(a)s' % {}):
    try:
        bad()
    except (TypeError, KeyError) as e:
        print(type(e).__name__, str(e).replace(' number', ' real number').replace('real real', 'real'))
# expect: a 'b' 3 5 [1, 2] None True
# expect:    42|42   |00042|+42| 42
# expect:    ab|ab   |ab|    x|
# expect: 1.500000 2.35    3.142 1.234568e+04 0.5 1e+20
# expect: ff FF 0xff 10 z A %% 100% of 3
# expect: bob is 5 'q'
# expect:     3 3.14 (1, 2) 3
# expect: TypeError %d format: a real number is required, not str
# expect: TypeError not enough arguments for format string
# expect: TypeError not all arguments converted during string formatting
# expect: KeyError 'a'
