def f(x):
    for a in x:
        try:
            if a:
                return a
            elif x:
                continue
            break
        finally:
            g()
