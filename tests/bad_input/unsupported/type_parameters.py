x = 1
def f[T](value: T) -> T:
    return value
