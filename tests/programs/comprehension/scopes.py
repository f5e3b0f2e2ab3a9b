x = 'module'
def f():
    y = [x for x in range(2)]
    return x, y
print(f())
class C:
    n = 2
    a = [i for i in range(n)]
    try:
        b = [n for i in range(1)]
    except NameError as e:
        b = str(e)
    c = [j for j in [n]]
print(C.a, C.b, C.c)
def g():
    total = 0
    def add(v):
        nonlocal total
        total += v
        return total
    return [add(i) for i in range(4)]
print(g(), [[(lambda: i)() for i in range(2)] for _ in range(2)], [h() for h in [lambda: i for i in range(2)]])
def outer():
    z = 5
    return {k: (lambda: k + z)() for k in range(2)}, [z for z in 'ab'], z, list(z + w for w in range(2))
print(outer())
def exc():
    try:
        return [1 // v for v in (1, 0)]
    except ZeroDivisionError:
        return 'inside comprehension'
print(exc(), [i for i in range(3)][-1], 'i' in globals())
# expect: ('module', [0, 1])
# expect: [0, 1] name 'n' is not defined [2]
# expect: [0, 1, 3, 6] [[0, 1], [0, 1]] [1, 1]
# expect: ({0: 5, 1: 6}, ['a', 'b'], 5, [5, 6])
# expect: inside comprehension 2 False
