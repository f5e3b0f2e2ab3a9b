def classify(n):
    if n < 0:
        return 'negative'
    elif n == 0:
        return 'zero'
    elif n < 10:
        return 'small'
    else:
        return 'big'

print([classify(n) for n in (-1, 0, 5, 50)])
for i in range(10):
    if i % 2:
        continue
    if i > 6:
        break
    print('i', i)
else:
    print('not reached')
for i in []:
    pass
else:
    print('for else, loop variable is still', i)
n = 0
while True:
    n += 1
    if n == 3:
        break
else:
    print('not reached')
print(n)
while n > 0:
    n -= 1
else:
    print('while else', n)
# expect: ['negative', 'zero', 'small', 'big']
# expect: i 0
# expect: i 2
# expect: i 4
# expect: i 6
# expect: for else, loop variable is still 8
# expect: 3
# expect: while else 0
