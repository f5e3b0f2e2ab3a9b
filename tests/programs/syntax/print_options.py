import sys
print()
print(1, 2, 3, sep=', ')
print('a', end='')
print('b', end='\n\n')
print('x', 'y', sep='', end='!\n')
print(*[1, 2], *'ab')
print('to stdout', file=sys.stdout)
sys.stdout.write('written\n')
print(None, True, 1.0, 'str', b'b', [None, 'x'])
print('flush', flush=True)
print('a\nb')
# expect:
# expect: 1, 2, 3
# expect: ab
# expect:
# expect: xy!
# expect: 1 2 a b
# expect: to stdout
# expect: written
# expect: None True 1.0 str b'b' [None, 'x']
# expect: flush
# expect: a
# expect: b
