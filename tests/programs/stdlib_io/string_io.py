import io
out = io.StringIO()
out.write('one\n')
print('two', 3, file=out)
print(repr(out.getvalue()))
text = io.StringIO('a\nb\nc')
print(repr(text.read(1)), repr(text.readline()), repr(text.readline()), repr(text.read()), repr(text.read()))
# expect: 'one\ntwo 3\n'
# expect: 'a' '\n' 'b\n' 'c' ''
