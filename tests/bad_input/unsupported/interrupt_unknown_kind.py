import threading
import lockweave
lockweave.interrupt(threading.main_thread(), print, kind="fork")
