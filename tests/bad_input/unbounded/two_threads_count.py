import threading
n = 0
def count():
    global n
    while True:
        n += 1
threads = [threading.Thread(target=count) for _ in range(2)]
for t in threads:
    t.start()
