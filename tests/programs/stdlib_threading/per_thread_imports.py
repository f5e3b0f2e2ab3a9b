import threading
names = []
def load():
    import queue, collections
    from functools import partial
    names.append((queue.__name__, collections.__name__, partial.__name__))
for _ in range(2):
    t = threading.Thread(target=load)
    t.start()
    t.join()
print(names)  # expect: [('queue', 'collections', 'partial'), ('queue', 'collections', 'partial')]
