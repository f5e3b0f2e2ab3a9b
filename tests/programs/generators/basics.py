def g(n):
    print('start')
    for i in range(n):
        yield i
    print('end')
it = g(2)
print('created')
print(next(it), next(it))
try:
    next(it)
except StopIteration as s:
    print('stopped', s.value)
print(list(g(3)), sum(g(4)), iter(it) is it, type(it).__name__)
print(next(it, 'exhausted'))
def empty():
    return
    yield
print(list(empty()))
def inf():
    n = 0
    while True:
        yield n
        n += 1
for x in inf():
    if x > 2: break
print(x)
a, b, *c = g(4)
print(a, b, c)
# expect: created
# expect: start
# expect: 0 1
# expect: end
# expect: stopped None
# expect: start
# expect: end
# expect: start
# expect: end
# expect: [0, 1, 2] 6 True generator
# expect: exhausted
# expect: []
# expect: 3
# expect: start
# expect: end
# expect: 0 1 [2, 3]
