x = id(object()) + 1
