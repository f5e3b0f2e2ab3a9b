def f(x):
    while x.next():
        if x.done:
            break
    else:
        x.stop()
    return x
