import threading
data = threading.local()
data.x = 'main'
seen = []
def worker(n):
    seen.append(hasattr(data, 'x'))
    data.x = n
    seen.append(data.x)
for n in range(2):
    t = threading.Thread(target=worker, args=(n,))
    t.start()
    t.join()
print(seen, data.x, data.__dict__)  # expect: [False, 0, False, 1] main {'x': 'main'}
class My(threading.local):
    default = 'class attribute'
    def __init__(self, start): self.count = start
    def bump(self): self.count += 1; return self.count
m = My(10)
m.bump()
t = threading.Thread(target=lambda: seen.append((m.bump(), m.default)))
t.start(); t.join()
print(seen[-1], m.count)  # expect: (11, 'class attribute') 11
try:
    data.missing
except AttributeError as e:
    print(type(e).__name__)  # expect: AttributeError
del data.x
print(hasattr(data, 'x'))  # expect: False
