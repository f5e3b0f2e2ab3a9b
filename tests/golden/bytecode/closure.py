def f(a, b):
    c = a
    def g():
        nonlocal c
        global d
        c += b
        d = c
        class K:
            c = c
            def m(self):
                return c, K
        return K
    return g
