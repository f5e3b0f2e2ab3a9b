def f(x):
    while x:
        try:
            try:
                x()
            except A as a:
                if a:
                    continue
                return x(a)
        except B:
            break
        finally:
            try:
                x.close()
            except C:
                pass
    return x
