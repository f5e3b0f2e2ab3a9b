def f(a, b):
    return f'{a} and {b!r:>{a}}' f'{a:x}' + f'{b}' + f''
