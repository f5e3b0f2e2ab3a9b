import lockweave, threading, time
xs = []
lock = threading.Lock()
lockweave.always(lambda: threading.Thread(target=work).start() or True)
def work():
    xs.append(1)
t = threading.Thread(target=work)
t.start()
t.join()
