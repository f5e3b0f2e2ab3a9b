def f(e):
    if e:
        raise
    elif e.x:
        raise e
    raise e from None
