import threading
def f():
    globals().clear()
t = threading.Thread(target=f)
t.start()
t.join()
print(1)
