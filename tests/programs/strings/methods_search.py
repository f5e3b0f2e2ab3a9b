s = 'abracadabra'
print(s.find('bra'), s.find('bra', 2), s.find('x'), s.rfind('a'), s.index('c'), s.rindex('bra'))
print(s.count('a'), s.count('abra'), s.count(''), 'aaaa'.count('aa'), s.count('a', 1, 5))
print('cad' in s, 'x' in s, '' in s, 'x' not in s)
try:
    s.index('zzz')
except ValueError as e:
    print(e)
try:
    5 in s
except TypeError as e:
    print(e)
print(s.replace('a', 'A'), s.replace('a', '', 2), s.replace('', '-', 3), 'aaa'.replace('aa', 'b'))
print(min(s), max(s), sorted(set(s)), s[3], s[-1], len(s))
# expect: 1 8 -1 10 4 8
# expect: 5 2 12 2 1
# expect: True False True True
# expect: substring not found
# expect: 'in <string>' requires string as left operand, not int
# expect: AbrAcAdAbrA brcadabra -a-b-racadabra ba
# expect: a r ['a', 'b', 'c', 'd', 'r'] a a 11
