x = compile("1", "f", "single")
