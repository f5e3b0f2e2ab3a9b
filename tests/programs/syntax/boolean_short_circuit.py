def t(name):
    print('t', name)
    return name

def f(name):
    print('f', name)
    return ''

print(t('a') and t('b'))
print(t('a') or t('b'))
print(repr(f('a') and t('b')))
print(repr(f('a') or f('b')))
print(not f('a'), not t('a'))
print(t('x') and f('y') or t('z'))
value = t('cond') if f('test') else t('other')
print(value)
print([] or {} or 0 or 'last', 1 and 2 and 3)
# expect: t a
# expect: t b
# expect: b
# expect: t a
# expect: a
# expect: f a
# expect: ''
# expect: f a
# expect: f b
# expect: ''
# expect: f a
# expect: t a
# expect: True False
# expect: t x
# expect: f y
# expect: t z
# expect: z
# expect: f test
# expect: t other
# expect: other
# expect: last 3
