import threading
class Channel:
    def __init__(self):
        self.cond, self.items, self.closed = threading.Condition(), [], False
    def send(self, x):
        with self.cond:
            while len(self.items) >= 1: self.cond.wait()
            self.items.append(x); self.cond.notify_all()
    def close(self):
        with self.cond:
            self.closed = True; self.cond.notify_all()
    def __iter__(self):
        while True:
            with self.cond:
                while not self.items and not self.closed: self.cond.wait()
                if not self.items: return
                x = self.items.pop(0)
                self.cond.notify_all()
            yield x
ch, got = Channel(), []
def feed():
    for i in range(3): ch.send(i)
    ch.close()
ts = [threading.Thread(target=feed), threading.Thread(target=lambda: got.extend(ch))]
for t in ts: t.start()
for t in ts: t.join()
print(got)  # expect: [0, 1, 2]
