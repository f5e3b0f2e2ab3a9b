from functools import wraps, reduce
def deco(f):
    @wraps(f)
    def wrapper(*a):
        "wrapper doc"
        return f(*a)
    return wrapper
@deco
def greet(n):
    "Greets."
    return 'hi ' + n
print(greet('x'), greet.__name__, greet.__doc__, greet.__wrapped__('y'), greet.__module__ == __name__)
print(reduce(lambda a, b: a + b, [1, 2, 3]), reduce(lambda a, b: a * b, range(1, 6), 1), reduce(max, 'hello'), reduce(lambda a, b: [a, b], 'abc'))
print(reduce(lambda a, b: a, [], 'initial'))
try:
    reduce(lambda a, b: a, [])
except TypeError as e:
    print('TypeError')
# expect: hi x greet Greets. hi y True
# expect: 6 120 o [['a', 'b'], 'c']
# expect: initial
# expect: TypeError
