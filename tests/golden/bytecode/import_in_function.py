def f():
    import a.b
    import a.b as c
    from a import d as e
    return a, c, e
