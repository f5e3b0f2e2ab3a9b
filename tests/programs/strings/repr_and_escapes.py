print(repr('a'), repr("it's"), repr('say "hi"'), repr('both \' and "'), repr('a\nb\t\\'), repr('\x00\x7f\xe9\u20ac'))
print(ascii('é€'), str('x'), str(5), str(None), str([1, 'a']), str({'k': 'v'}))
print(ord('a'), chr(97), ord('€'), chr(8364), hex(255), oct(8), bin(5), hex(-1))
print('a' < 'b', 'a' < 'A', 'abc' < 'abd', 'ab' < 'abc', 'Z' < 'a', '' < 'a', 'a' == 'a', 'a' != 'b')
print('tab\there', 'back\\slash', 'null\0end'.replace('\0', '<0>'), len('\n'), len('é'), '\u0041')
print([c for c in 'aé€'], list(map(ord, 'AZ')), 'x'.join(['\'', '"']))
print(repr(b'a\n\x00\'"'), str(b'x'), repr(''), [''], ('',))
# expect: 'a' "it's" 'say "hi"' 'both \' and "' 'a\nb\t\\' '\x00\x7fé€'
# expect: '\xe9\u20ac' x 5 None [1, 'a'] {'k': 'v'}
# expect: 97 a 8364 € 0xff 0o10 0b101 -0x1
# expect: True False True True True True True True
# expect: tab	here back\slash null<0>end 1 1 A
# expect: ['a', 'é', '€'] [65, 90] 'x"
# expect: b'a\n\x00\'"' b'x' '' [''] ('',)
