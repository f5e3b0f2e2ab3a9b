import marshal
def f():
    pass
marshal.dumps(f.__code__)
