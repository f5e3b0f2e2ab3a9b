from collections import deque
d = deque([1, 2, 3])
d.append(4); d.appendleft(0)
print(d, len(d), d.pop(), d.popleft(), list(d), d[0], d[-1])
d.extend([5, 6]); d.extendleft([9, 8]); print(d)
d.rotate(2); print(d); d.rotate(-1); print(d)
m = deque(maxlen=2)
for i in range(4): m.append(i)
print(m, m.maxlen); m.appendleft('x'); print(list(m))
print(d.count(2), d.index(2), 2 in d, bool(deque()), d == deque(list(d)), d != deque())
d.remove(2); d.reverse(); print(d); d[0] = 'first'; print(d[0])
d2 = d.copy(); d2.clear(); print(len(d2), len(d), list(reversed(deque('abc'))))
for bad in (lambda: deque().pop(), lambda: deque().popleft(), lambda: d.remove('zz'), lambda: d[99]):
    try:
        bad()
    except (IndexError, ValueError) as e:
        print(type(e).__name__)
try:
    for x in d: d.append(x)
except RuntimeError as e:
    print(e)
d.insert(1, 'ins'); del d[0]; print(d[0], deque('ab') + deque('c'), repr(deque([], 3)))
# expect: deque([1, 2, 3]) 5 4 0 [1, 2, 3] 1 3
# expect: deque([8, 9, 1, 2, 3, 5, 6])
# expect: deque([5, 6, 8, 9, 1, 2, 3])
# expect: deque([6, 8, 9, 1, 2, 3, 5])
# expect: deque([2, 3], maxlen=2) 2
# expect: ['x', 2]
# expect: 1 4 True False True True
# expect: deque([5, 3, 1, 9, 8, 6])
# expect: first
# expect: 0 6 ['c', 'b', 'a']
# expect: IndexError
# expect: IndexError
# expect: ValueError
# expect: IndexError
# expect: deque mutated during iteration
# expect: ins deque(['a', 'b', 'c']) deque([], maxlen=3)
