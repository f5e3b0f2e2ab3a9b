import queue
s = queue.LifoQueue()
for i in range(3): s.put(i)
print([s.get() for _ in range(3)], s.empty())  # expect: [2, 1, 0] True
p = queue.PriorityQueue()
for item in ((3, 'c'), (1, 'a'), (2, 'b')): p.put(item)
print([p.get() for _ in range(3)])  # expect: [(1, 'a'), (2, 'b'), (3, 'c')]
