a = [1, 2]
t = (3, 4)
print([*a, *t], (*a, 0), {*a, 1} == {1, 2})
d = {'x': 1}
print({**d, 'y': 2}, {'x': 0, **d}, {**d, 'x': 5})
print([*range(3), *'ab'], *a, sep='-')
def ret():
    both = *a, *t
    return both
print(ret())
for item in (*a, 9):
    print(item)
# expect: [1, 2, 3, 4] (1, 2, 0) True
# expect: {'x': 1, 'y': 2} {'x': 1} {'x': 5}
# expect: [0, 1, 2, 'a', 'b']-1-2
# expect: (1, 2, 3, 4)
# expect: 1
# expect: 2
# expect: 9
