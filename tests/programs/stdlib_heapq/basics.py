import heapq
h = []
for n in (5, 1, 4, 2): heapq.heappush(h, n)
print(h[0], heapq.heappop(h), heapq.heappop(h), len(h))
l = [9, 3, 7, 1]
heapq.heapify(l)
print([heapq.heappop(l) for _ in range(4)], heapq.nsmallest(2, [3, 1, 2]), heapq.nlargest(2, [3, 1, 2]))
print(heapq.heappushpop([2, 3], 1), heapq.heapreplace([1, 5], 9))
tasks = []
for priority, name in ((2, 'b'), (1, 'a'), (3, 'c')): heapq.heappush(tasks, (priority, name))
print([heapq.heappop(tasks)[1] for _ in range(3)])
# expect: 1 1 2 2
# expect: [1, 3, 7, 9] [1, 2] [3, 2]
# expect: 1 1
# expect: ['a', 'b', 'c']
