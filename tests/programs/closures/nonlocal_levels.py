def a():
    x = 'a'
    y = 'a'
    def b():
        nonlocal x
        y = 'b'
        x = 'b'
        def c():
            nonlocal x, y
            x += 'c'
            y += 'c'
            return x, y
        r = c()
        return r, x, y
    r = b()
    return r, x, y
print(a())  # expect: ((('bc', 'bc'), 'bc', 'bc'), 'bc', 'a')
def through():
    v = 1
    def middle():
        def inner():
            nonlocal v
            v += 1
        inner()
    middle(); middle()
    return v
print(through())  # expect: 3
