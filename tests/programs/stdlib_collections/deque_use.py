from collections import deque
def tail(lines, n): return list(deque(lines, n))
print(tail(range(10), 3))  # expect: [7, 8, 9]
def moving_average(values, n):
    window, out = deque(maxlen=n), []
    for v in values:
        window.append(v)
        if len(window) == n: out.append(sum(window) / n)
    return out
print(moving_average([1, 2, 3, 4, 5], 2))  # expect: [1.5, 2.5, 3.5, 4.5]
def round_robin(*its):
    q = deque(iter(i) for i in its)
    while q:
        try:
            while True:
                yield next(q[0])
                q.rotate(-1)
        except StopIteration:
            q.popleft()
print(list(round_robin('abc', 'd', 'ef')))  # expect: ['a', 'd', 'e', 'b', 'f', 'c']
def josephus(n, k):
    d = deque(range(1, n + 1))
    while len(d) > 1:
        d.rotate(1 - k); d.popleft()
    return d[0]
print(josephus(7, 3), deque(deque([1, 2])), deque('ab') < deque('ac'))  # expect: 4 deque([1, 2]) True
