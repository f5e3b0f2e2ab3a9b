l = list(range(6))
l[1:3] = ['a', 'b', 'c']
print(l)  # expect: [0, 'a', 'b', 'c', 3, 4, 5]
l[1:4] = []
print(l)  # expect: [0, 3, 4, 5]
l[:0] = [-2, -1]
print(l)  # expect: [-2, -1, 0, 3, 4, 5]
l[len(l):] = (9, 10)
print(l)  # expect: [-2, -1, 0, 3, 4, 5, 9, 10]
l[::2] = 'wxyz'
print(l)  # expect: ['w', -1, 'x', 3, 'y', 5, 'z', 10]
try:
    l[::2] = [1]
except ValueError as error:
    print(error)  # expect: attempt to assign sequence of size 1 to extended slice of size 4
del l[::3]
print(l)  # expect: [-1, 'x', 'y', 5, 10]
l[1:1] = range(3)
print(l)  # expect: [-1, 0, 1, 2, 'x', 'y', 5, 10]
l[:] = []
print(l)  # expect: []
m = [1, 2, 3]
m[5:] = [4]
m[-1:] = [40, 50]
print(m)  # expect: [1, 2, 3, 40, 50]
