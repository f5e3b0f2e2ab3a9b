class Scheduler:
    def __init__(self): self.ready = []; self.log = []
    def spawn(self, name, gen): self.ready.append((name, gen))
    def run(self):
        while self.ready:
            name, gen = self.ready.pop(0)
            try:
                value = gen.send(None)
                self.log.append((name, value))
                self.ready.append((name, gen))
            except StopIteration as stop:
                self.log.append((name, 'returned', stop.value))
def task(n):
    total = 0
    for i in range(n):
        yield i
        total += i
    return total
s = Scheduler()
s.spawn('a', task(2))
s.spawn('b', task(3))
s.run()
for entry in s.log:
    print(entry)
# expect: ('a', 0)
# expect: ('b', 0)
# expect: ('a', 1)
# expect: ('b', 1)
# expect: ('a', 'returned', 1)
# expect: ('b', 2)
# expect: ('b', 'returned', 3)
