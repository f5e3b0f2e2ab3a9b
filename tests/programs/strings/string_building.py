def table(rows):
    widths = [max(len(str(r[i])) for r in rows) for i in range(len(rows[0]))]
    return '\n'.join('|'.join(str(c).rjust(w) for c, w in zip(r, widths)) for r in rows)
print(table([('id', 'name'), (1, 'bob'), (20, 'al')]))
def caesar(s, k):
    return ''.join(chr((ord(c) - 97 + k) % 26 + 97) if c.islower() else c for c in s)
print(caesar('hello, xyz', 3), caesar(caesar('roundtrip', 7), -7))
def roman(n):
    out = ''
    for v, s in ((10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I')):
        while n >= v:
            out += s
            n -= v
    return out
print([roman(i) for i in (1, 4, 9, 14, 38)])
def parse(text):
    result = {}
    for line in text.strip().splitlines():
        line = line.split('#', 1)[0].strip()
        if line:
            key, _, value = line.partition('=')
            result[key.strip()] = int(value) if value.strip().isdigit() else value.strip()
    return result
print(parse('''
a = 1
# comment
b = two words  # tail
'''))
def rle(s):
    out, i = [], 0
    while i < len(s):
        j = i
        while j < len(s) and s[j] == s[i]: j += 1
        out.append('%s%d' % (s[i], j - i)); i = j
    return ''.join(out)
print(rle('aaabccd'))
# expect: id|name
# expect:  1| bob
# expect: 20|  al
# expect: khoor, abc roundtrip
# expect: ['I', 'IV', 'IX', 'XIV', 'XXXVIII']
# expect: {'a': 1, 'b': 'two words'}
# expect: a3b1c2d1
