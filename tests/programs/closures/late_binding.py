fs = []
for i in range(3):
    def f():
        return i
    fs.append(f)
print([f() for f in fs])  # expect: [2, 2, 2]
def make():
    gs = []
    for i in range(3):
        def g():
            return i
        gs.append(g)
    return gs
print([g() for g in make()])  # expect: [2, 2, 2]
def bind():
    return [(lambda j: lambda: j)(i) for i in range(3)]
print([g() for g in bind()])  # expect: [0, 1, 2]
def see_change():
    x = 1
    f = lambda: x
    before = f()
    x = 2
    return before, f()
print(see_change())  # expect: (1, 2)
def deleted():
    x = 1
    f = lambda: x
    del x
    try:
        f()
    except NameError as error:
        return type(error).__name__
print(deleted())  # expect: NameError
