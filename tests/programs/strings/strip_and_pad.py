print(repr('  x '.strip()), repr('  x '.lstrip()), repr('  x '.rstrip()), 'xxabcxx'.strip('x'), 'abcba'.strip('ab'))
print('mississippi'.lstrip('mis'), 'a.b..'.rstrip('.'), repr('\t\n x'.strip()))
print('[' + 'ab'.ljust(5) + ']', '[' + 'ab'.rjust(5, '*') + ']', '[' + 'ab'.center(7, '-') + ']', 'abc'.center(2))
print('42'.zfill(5), '-42'.zfill(5), 'abc'.zfill(2), '+7'.zfill(4))
print('a\tb'.expandtabs(4), 'ab' * 3, 3 * 'x', 'x' * 0 == '', 'x' * -1 == '')
# expect: 'x' 'x ' '  x' abc c
# expect: ppi a.b 'x'
# expect: [ab   ] [***ab] [---ab--] abc
# expect: 00042 -0042 abc +007
# expect: a   b ababab xxx True True
