# requires: 3.8
x, name = 5, 'bob'
print(f'{x=}', f'{x = }', f'{name=}', f'{name=!s}', f'{x=:>4}', f'{x + 1=}')
# expect: x=5 x = 5 name='bob' name=bob x=   5 x + 1=6
