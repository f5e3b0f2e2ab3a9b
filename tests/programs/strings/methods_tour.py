s = '  Hello, World  '
print(s.strip(), s.lstrip() + '|', s.rstrip() + '|', s.lower().strip(), s.upper().strip(), s.swapcase().strip(), s.strip().title())
print('a,b,,c'.split(','), 'a b  c'.split(), 'a,b,c'.rsplit(',', 1), 'x=1=2'.partition('='), 'x=1=2'.rpartition('='), 'l1\nl2\r\nl3'.splitlines())
print('-'.join(['a', 'b']), 'abcabc'.replace('b', 'X', 1), 'abc'.find('c'), 'abc'.find('z'), 'abcabc'.rfind('b'), 'abcabc'.count('bc'))
print('abc'.startswith(('x', 'a')), 'abc'.endswith('bc'), 'ab1'.isalnum(), 'ab'.isalpha(), '12'.isdigit(), ' '.isspace(), 'Ab'.istitle(), 'id_1'.isidentifier())
print('7'.zfill(3), '-7'.zfill(4), 'x'.center(5, '*'), 'x'.ljust(3) + '|', 'x'.rjust(3, '.'), 'abc'[1], ord('a'), chr(98), 'tab\t'.expandtabs(4) + '|')
print('a' < 'b', 'a' * 3, 'b' in 'abc', 'abc' == 'abc', max('hello'), sorted('hello'), list('hi'), tuple('hi'), len('żółć'), 'ß'.upper(), 'İ'.lower() == 'i̇')
print('abc'.encode(), b'abc'.decode(), 'é'.encode('utf-8'), b'\xc3\xa9'.decode('utf-8'), str(b'x'), repr('it\'s "q"'), 'a\\n', r'a\n', 'tab\tnl\n'.__repr__())
try:
    'abc'.index('z')
except ValueError as e:
    print(e)
try:
    'a' + 1
except TypeError as e:
    print(e)
try:
    'abc'[10]
except IndexError as e:
    print(e)
print('abc'.translate({97: 'A', 98: None}), 'abc'.translate(str.maketrans('ab', 'xy')), 'x'.join('123'), '%s' % (1,), str.upper('q'))
print(int('12'), int(' 7 '), int('ff', 16), int('0b11', 2), float('1.5'), float('-inf'), str(1.0), str(1e16), str(0.1 + 0.2), repr(1e-5), int(3.9), int(-3.9), round(2.5), round(3.5), round(1.25, 1))
print('capitalize me'.capitalize(), 'Abc'.casefold(), ''.join(reversed('abc')), 'a-b_c'.split('-'), 'abc'.removeprefix('a') if hasattr(str, 'removeprefix') else 'bc')
# expect: Hello, World Hello, World  |   Hello, World| hello, world HELLO, WORLD hELLO, wORLD Hello, World
# expect: ['a', 'b', '', 'c'] ['a', 'b', 'c'] ['a,b', 'c'] ('x', '=', '1=2') ('x=1', '=', '2') ['l1', 'l2', 'l3']
# expect: a-b aXcabc 2 -1 4 2
# expect: True True True True True True True True
# expect: 007 -007 **x** x  | ..x b 97 b tab |
# expect: True aaa True True o ['e', 'h', 'l', 'l', 'o'] ['h', 'i'] ('h', 'i') 4 SS True
# expect: b'abc' abc b'\xc3\xa9' é b'x' 'it\'s "q"' a\n a\n 'tab\tnl\n'
# expect: substring not found
# expect[-3.6]: must be str, not int
# expect[3.7+]: can only concatenate str (not "int") to str
# expect: string index out of range
# expect: Ac xyc 1x2x3 1 Q
# expect: 12 7 255 3 1.5 -inf 1.0 1e+16 0.30000000000000004 1e-05 3 -3 2 4 1.2
# expect: Capitalize me abc cba ['a', 'b_c'] bc
