import queue
q = queue.Queue()
print(q.empty(), q.qsize(), q.full())
q.put(1); q.put('two'); q.put_nowait(None)
print(q.qsize(), q.get(), q.get_nowait(), q.get(timeout=1), q.empty())
for bad in (q.get_nowait, lambda: q.get(False), lambda: q.get(timeout=0.001)):
    try:
        bad()
    except queue.Empty as e:
        print('Empty', e.args)
b = queue.Queue(maxsize=2)
b.put(1); b.put(2)
print(b.full(), b.maxsize)
for bad in (lambda: b.put_nowait(3), lambda: b.put(3, False), lambda: b.put(3, timeout=0.001)):
    try:
        bad()
    except queue.Full as e:
        print('Full')
try:
    q.get(timeout=-1)
except ValueError as e:
    print(e)
# expect: True 0 False
# expect: 3 1 two None True
# expect: Empty ()
# expect: Empty ()
# expect: Empty ()
# expect: True 2
# expect: Full
# expect: Full
# expect: Full
# expect: 'timeout' must be a non-negative number
