def f(a):
    x = [b for b in a if b]
    y = {b: c for b in a for c in b if b is not c}
    z = {b for b in [1, 2, 3] for c in [b + 1]}
    return any(last := b for b in a)
