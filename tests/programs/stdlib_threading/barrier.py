import threading
b = threading.Barrier(1)
print(b.wait(), b.wait(), b.parties, b.n_waiting, b.broken)  # expect: 0 0 1 0 False
ran = []
b = threading.Barrier(1, action=lambda: ran.append('action'))
b.wait()
print(ran)  # expect: ['action']
b.abort()
print(b.broken)  # expect: True
try:
    b.wait()
except threading.BrokenBarrierError as e:
    print(type(e).__name__, isinstance(e, RuntimeError))  # expect: BrokenBarrierError True
b.reset()
print(b.broken, b.wait())  # expect: False 0
pair = threading.Barrier(2)
got = []
t = threading.Thread(target=lambda: got.append(pair.wait()))
t.start()
got.append(pair.wait())
t.join()
print(sorted(got))  # expect: [0, 1]
lonely = threading.Barrier(2)
try:
    lonely.wait(timeout=0.001)
except threading.BrokenBarrierError:
    print('timed out', lonely.broken)  # expect: timed out True
