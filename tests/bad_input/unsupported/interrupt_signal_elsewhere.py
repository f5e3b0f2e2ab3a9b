import threading
import lockweave
def work():
    lockweave.interrupt(threading.current_thread(), print, kind="signal")
threading.Thread(target=work).start()
