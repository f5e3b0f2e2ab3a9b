import threading

def f()
    pass
