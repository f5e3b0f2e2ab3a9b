def f():
    nonlocal unknown
    unknown = 1
