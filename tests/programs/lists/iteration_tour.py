class R:
    def __init__(self, n): self.n = n
    def __iter__(self): return RI(self.n)
    def __len__(self): return self.n
    def __reversed__(self): return iter(range(self.n - 1, -1, -1))
class RI:
    def __init__(self, n): self.i, self.n = 0, n
    def __iter__(self): return self
    def __next__(self):
        if self.i >= self.n: raise StopIteration
        self.i += 1
        return self.i - 1
r = R(3)
a, b, c = r
print(a, b, c, list(r), tuple(r), set(r) == {0, 1, 2}, sum(r), max(r), sorted(r, reverse=True), list(reversed(r)), 2 in r, [*r], dict.fromkeys(r), list(zip(r, r)), list(enumerate(r)), any(r), all(r), ' '.join(map(str, r)))
x, *y = r; print(x, y, list(map(lambda q: q * 2, r)), list(filter(lambda q: q, r)), [i for i in r for j in r if i < j], {i: j for i, j in zip(r, 'abc')})
it = iter(r); print(next(it), list(it), list(it), next(it, 'done'))
class G:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i * i
print(list(G()), 4 in G(), [*G()], max(G())); p, q, s = G(); print(p, q, s)
for bad in (5, None, object, len, 1.5):
    try: iter(bad)
    except TypeError as e: print(e)
try: next([])
except TypeError as e: print(e)
def f():
    for i in 5: pass
try: f()
except TypeError as e: print(e)
it = iter([1, 2, 3])
for v in it:
    if v == 2: break
else: print('never')
print(list(it))
for v in []: pass
else: print('else of empty')
n = 0
while n < 3:
    n += 1
    if n == 2: continue
    print('n', n)
else: print('while else')
l = [1, 2, 3]
for v in l:
    if v < 3: l.append(v + 10)
    if len(l) > 6: break
print(l, [(i, j) for i in range(3) for j in range(i)], [[c for c in w] for w in ('ab', 'c')])
print(list(range(5, 0, -2)), range(0), len(range(10, 2, -3)), 7 in range(1, 10, 3), range(3) == range(0, 3), range(5)[-1], list(zip(*[(1, 2), (3, 4)])))
# expect: 0 1 2 [0, 1, 2] (0, 1, 2) True 3 2 [2, 1, 0] [2, 1, 0] True [0, 1, 2] {0: None, 1: None, 2: None} [(0, 0), (1, 1), (2, 2)] [(0, 0), (1, 1), (2, 2)] True False 0 1 2
# expect: 0 [1, 2] [0, 2, 4] [1, 2] [0, 0, 1] {0: 'a', 1: 'b', 2: 'c'}
# expect: 0 [1, 2] [] done
# expect: [0, 1, 4] True [0, 1, 4] 4
# expect: 0 1 4
# expect: 'int' object is not iterable
# expect: 'NoneType' object is not iterable
# expect: 'type' object is not iterable
# expect: 'builtin_function_or_method' object is not iterable
# expect: 'float' object is not iterable
# expect: 'list' object is not an iterator
# expect: 'int' object is not iterable
# expect: [3]
# expect: else of empty
# expect: n 1
# expect: n 3
# expect: while else
# expect: [1, 2, 3, 11, 12] [(1, 0), (2, 0), (2, 1)] [['a', 'b'], ['c']]
# expect: [5, 3, 1] range(0, 0) 3 True True 4 [(1, 3), (2, 4)]
