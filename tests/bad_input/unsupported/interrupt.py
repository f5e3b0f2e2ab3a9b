import lockweave, threading
lockweave.interrupt(threading.main_thread(), print)
