print(1, -2, 0x1f, 0o17, 0b101, 1_000_000)
print(1.5, .5, 1e3, 1E-2, 10.0)
print('single', "double", 'it''s joined', "tab\tend")
print(r'raw\n', 'a\\b', 'quote\'s', "dq\"x")
print('''three
lines
''' + """more""")
print('\x41\u0042\101 \N{LATIN SMALL LETTER C}')
print(b'bytes', b'\x00\xff', rb'a\b')
print(None, True, False, Ellipsis is ...)
print((), (1,), (1, 2), [], [1], {}, {1: 2}, {3})
print('very long '
      'implicit '
      'concatenation')
# expect: 1 -2 31 15 5 1000000
# expect: 1.5 0.5 1000.0 0.01 10.0
# expect: single double its joined tab	end
# expect: raw\n a\b quote's dq"x
# expect: three
# expect: lines
# expect: more
# expect: ABA c
# expect: b'bytes' b'\x00\xff' b'a\\b'
# expect: None True False True
# expect: () (1,) (1, 2) [] [1] {} {1: 2} {3}
# expect: very long implicit concatenation
