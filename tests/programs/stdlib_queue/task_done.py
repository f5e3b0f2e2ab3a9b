import queue
q = queue.Queue()
try:
    q.task_done()
except ValueError as e:
    print(e)  # expect: task_done() called too many times
q.join()
print('join on an empty queue returns')  # expect: join on an empty queue returns
for i in range(3): q.put(i)
print(q.unfinished_tasks)  # expect: 3
for i in range(3):
    q.get()
    q.task_done()
q.join()
print(q.unfinished_tasks)  # expect: 0
try:
    q.task_done()
except ValueError as e:
    print(e)  # expect: task_done() called too many times
