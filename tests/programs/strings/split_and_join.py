print('a b  c '.split(), 'a,b,,c'.split(','), 'a,b,c'.split(',', 1), 'a b c'.rsplit(None, 1), 'a,b,c'.rsplit(',', 1))
print(''.split(), ''.split(','), 'abc'.split('x'), 'a--b--c'.split('--'))
print('one\ntwo\r\nthree\n'.splitlines(), 'a\nb'.splitlines(True), 'a\nb'.splitlines(keepends=True), b'a\nb\r\nc'.splitlines(keepends=True), b'a\nb'.splitlines())
print('key=value=x'.partition('='), 'none'.partition('='), 'a.b.c'.rpartition('.'), 'abc'.rpartition('.'))
print('-'.join(['a', 'b']), ''.join('xyz'), ', '.join(str(n) for n in range(3)), '-'.join([]), '-'.join({'k': 1}))
try:
    'a'.split('')
except ValueError as e:
    print(e)
try:
    '-'.join(['a', 1])
except TypeError as e:
    print(e)
# expect: ['a', 'b', 'c'] ['a', 'b', '', 'c'] ['a', 'b,c'] ['a b', 'c'] ['a,b', 'c']
# expect: [] [''] ['abc'] ['a', 'b', 'c']
# expect: ['one', 'two', 'three'] ['a\n', 'b'] ['a\n', 'b'] [b'a\n', b'b\r\n', b'c'] [b'a', b'b']
# expect: ('key', '=', 'value=x') ('none', '', '') ('a.b', '.', 'c') ('', '', 'abc')
# expect: a-b xyz 0, 1, 2  k
# expect: empty separator
# expect: sequence item 1: expected str instance, int found
