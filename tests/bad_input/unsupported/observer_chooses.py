import lockweave, threading, time
xs = []
lock = threading.Lock()
lockweave.always(lambda: lockweave.choose(2) == 0)
def work():
    xs.append(1)
t = threading.Thread(target=work)
t.start()
t.join()
