l = [1, 2, 3, 4]
seen = []
for x in l:
    seen.append(x)
    if x == 2: l.remove(x)
print(seen, l)
l = [1, 2]
for x in l:
    if len(l) < 6: l.append(x * 10)
print(l)
for x in l[:]:
    if x > 5: l.remove(x)
print(l)
it = iter(l)
print(next(it)); l.clear(); print(list(it)); l.append('late'); print(list(it))
l = [0, 1, 2, 3]
print([l.pop() for _ in range(len(l))], l)
r = reversed([1, 2, 3])
print(next(r), list(r), list(r))
for i, x in enumerate(['a', 'b']):
    print(i, x)
q = [3]
while q:
    n = q.pop(0)
    if n: q.extend([n - 1] * (n - 1))
print(q)
# expect: [1, 2, 4] [1, 3, 4]
# expect: [1, 2, 10, 20, 100, 200]
# expect: [1, 2]
# expect: 1
# expect: []
# expect: []
# expect: [3, 2, 1, 0] []
# expect: 3 [2, 1] []
# expect: 0 a
# expect: 1 b
# expect: []
