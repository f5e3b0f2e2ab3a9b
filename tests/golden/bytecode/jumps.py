def f(a, b):
    while a:
        for x in b:
            if x:
                if a:
                    continue
                break
        else:
            return
        b = x and a
    return b
