x = list(range(10 ** 13))
