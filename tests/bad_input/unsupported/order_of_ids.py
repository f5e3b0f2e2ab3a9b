a, b = object(), object()
print(id(a) < id(b))
