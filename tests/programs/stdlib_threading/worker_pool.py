import threading, queue
tasks, results = queue.Queue(), {}
guard = threading.Lock()
def worker():
    while True:
        item = tasks.get()
        try:
            if item is None:
                return
            with guard:
                results[item] = item * item
        finally:
            tasks.task_done()
threads = [threading.Thread(target=worker) for _ in range(2)]
for t in threads: t.start()
for i in range(5): tasks.put(i)
tasks.join()
for _ in threads: tasks.put(None)
for t in threads: t.join()
print(sorted(results.items()), tasks.empty(), tasks.qsize())
total = 0
def add(n):
    global total
    for _ in range(n):
        with guard:
            total += 1
ts = [threading.Thread(target=add, args=(10,)) for _ in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(total)
# expect: [(0, 0), (1, 1), (2, 4), (3, 9), (4, 16)] True 0
# expect: 30
