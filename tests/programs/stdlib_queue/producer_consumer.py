import queue, threading
q = queue.Queue(maxsize=1)
got = []
def producer():
    for i in range(4): q.put(i)
    q.put(None)
def consumer():
    while True:
        item = q.get()
        if item is None: break
        got.append(item)
ts = [threading.Thread(target=producer), threading.Thread(target=consumer)]
for t in ts: t.start()
for t in ts: t.join()
print(got, q.empty())  # expect: [0, 1, 2, 3] True
