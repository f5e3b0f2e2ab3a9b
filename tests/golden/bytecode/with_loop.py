def f(locks):
    for lock in locks:
        with lock as x:
            if x:
                continue
            elif locks:
                break
            x.y = 1
