def factorial(n):
    return 1 if n <= 1 else n * factorial(n - 1)
print(factorial(10), factorial(25))  # expect: 3628800 15511210043330985984000000
def fib(n, memo={}):
    if n < 2:
        return n
    if n not in memo:
        memo[n] = fib(n - 1) + fib(n - 2)
    return memo[n]
print(fib(60))  # expect: 1548008755920
def is_even(n): return True if n == 0 else is_odd(n - 1)
def is_odd(n): return False if n == 0 else is_even(n - 1)
print(is_even(20), is_odd(20))  # expect: True False
def hanoi(n, a='A', b='B', c='C'):
    if n == 0:
        return 0
    return hanoi(n - 1, a, c, b) + 1 + hanoi(n - 1, c, b, a)
print(hanoi(6))  # expect: 63
def flatten(x):
    return [z for y in x for z in flatten(y)] if isinstance(x, list) else [x]
print(flatten([1, [2, [3, [4]], 5]]))  # expect: [1, 2, 3, 4, 5]
def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)
print(depth(200))  # expect: 200
