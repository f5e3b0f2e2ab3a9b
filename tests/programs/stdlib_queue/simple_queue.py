# requires: 3.7
import queue
q = queue.SimpleQueue()
q.put(1); q.put(2)
print(q.qsize(), q.get(), q.get(), q.empty())  # expect: 2 1 2 True
try:
    q.get(False)
except queue.Empty:
    print('Empty')  # expect: Empty
