import threading
e = threading.Event()
print(e.is_set(), e.wait(0), e.wait(timeout=0.001))  # expect: False False False
e.set()
e.set()
print(e.is_set(), e.wait(), e.wait(5))  # expect: True True True
e.clear()
print(e.is_set())  # expect: False
log = []
def waiter():
    e.wait()
    log.append('woken')
threads = [threading.Thread(target=waiter) for _ in range(2)]
for t in threads: t.start()
log.append('set')
e.set()
for t in threads: t.join()
print(log)  # expect: ['set', 'woken', 'woken']
