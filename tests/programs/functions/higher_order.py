def compose(*functions):
    def composed(x):
        for f in reversed(functions):
            x = f(x)
        return x
    return composed
print(compose(str, lambda x: x + 1, abs)(-5))  # expect: 6
def curry(f, *a):
    return lambda *b: f(*a, *b)
print(curry(max, 3, 9)(4))  # expect: 9
def twice(f):
    return lambda x: f(f(x))
print(twice(twice(lambda x: x * 2))(1))  # expect: 16
table = {'+': lambda a, b: a + b, '-': lambda a, b: a - b}
print([table[op](7, 2) for op in '+-'])  # expect: [9, 5]
print(list(map(lambda pair: pair[0] * pair[1], [(1, 2), (3, 4)])))  # expect: [2, 12]
print((lambda f: (lambda x: x(x))(lambda y: f(lambda z: y(y)(z))))(  # expect: 120
    lambda self: lambda n: 1 if n == 0 else n * self(n - 1))(5))
