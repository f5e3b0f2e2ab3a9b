def f(lock, x):
    with lock:
        for a in x:
            try:
                return a.b
            finally:
                x.c()
