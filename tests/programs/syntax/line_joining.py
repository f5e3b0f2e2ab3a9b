total = 1 + \
    2 + \
    3
print(total)  # expect: 6
values = [
    1,
    2,  # a comment inside

    3,
]
print(values)  # expect: [1, 2, 3]
x = 1; y = 2; print(x + y)  # expect: 3
if x: print('one line if')  # expect: one line if
for i in (1, 2): print(i, end=';')
print()  # expect: 1;2;
while y: y -= 1
else: print('while else', y)  # expect: while else 0
class C: pass
def f(): return 'one line def'
print(f(), C.__name__)  # expect: one line def C
