def f(a, b, c):
    x = a and b or c
    if not (a and b) or c:
        return not (a is b)
    while a or not b:
        c()
    return (a if b else c) if a < b <= c else None
