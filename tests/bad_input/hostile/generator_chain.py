def g(it):
    yield from it
it = iter([1])
for _ in range(20000):
    it = g(it)
print(list(it))
