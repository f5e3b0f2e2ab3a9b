import threading
import lockweave
lockweave.interrupt(threading.main_thread(), 3)
