import lockweave, threading, time
xs = []
lock = threading.Lock()
lockweave.always(lambda: xs.append(1) or True)
def work():
    xs.append(1)
t = threading.Thread(target=work)
t.start()
t.join()
