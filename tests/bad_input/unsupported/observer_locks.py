import lockweave, threading, time
xs = []
lock = threading.Lock()
lockweave.always(lambda: lock.acquire())
def work():
    xs.append(1)
t = threading.Thread(target=work)
t.start()
t.join()
