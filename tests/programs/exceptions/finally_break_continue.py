out = []
for i in range(4):
    try:
        if i == 1:
            continue
        if i == 3:
            break
        out.append(i)
    finally:
        out.append('f%d' % i)
print(out)
def f():
    for i in range(3):
        try:
            return i
        finally:
            break
    return 'after break'
print(f())
while True:
    try:
        raise KeyError
    except KeyError:
        break
    finally:
        print('finally on break')
def g():
    for i in range(3):
        for j in range(3):
            try:
                if j == 1:
                    break
                yield i, j
            finally:
                yield 'f', j
print(list(g()))
# expect: [0, 'f0', 'f1', 2, 'f2', 'f3']
# expect: after break
# expect: finally on break
# expect: [(0, 0), ('f', 0), ('f', 1), (1, 0), ('f', 0), ('f', 1), (2, 0), ('f', 0), ('f', 1)]
