table = str.maketrans('abc', 'xyz')
print('aabbcc'.translate(table), 'abc'.translate({97: None, 98: 'BB'}), 'hello'.translate(str.maketrans('', '', 'l')))
print('abc'[::-1], 'racecar' == 'racecar'[::-1], ''.join(reversed('abc')), ''.join(sorted('hello')))
print(list('abc'), tuple('ab'), dict(enumerate('ab')), [*'xy'], set('aab') == {'a', 'b'})
print('a' 'b', 'a' + 'b', ('a' + 'b') * 2, 'x'.__add__('y'), str.upper('abc'), str.join('-', 'ab'))
words = 'the quick brown the lazy the end'.split()
counts = {}
for w in words:
    counts[w] = counts.get(w, 0) + 1
print(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0])))
print(' '.join(w.capitalize() for w in words[:3]), max(words, key=len), sorted(words, key=str.lower)[0])
print(all(c.isalpha() for w in words for c in w), 'abc'.__len__(), 'b' in 'abc', 'abc'.__contains__('z'))
print(int('42') + int('-7'), float('1.5'), str(1.5) + 'x', bool('False'), 'abc'.__class__.__name__)
# expect: xxyyzz BBc heo
# expect: cba True cba ehllo
# expect: ['a', 'b', 'c'] ('a', 'b') {0: 'a', 1: 'b'} ['x', 'y'] True
# expect: ab ab abab xy ABC a-b
# expect: [('the', 3), ('brown', 1), ('end', 1), ('lazy', 1), ('quick', 1)]
# expect: The Quick Brown quick brown
# expect: True 3 True False
# expect: 35 1.5 1.5x True str
