def f(x):
    if False:
        x()
    elif x:
        return 1
    if __debug__:
        x()
    while True:
        if x():
            break
    while 0:
        x()
    else:
        return 2
