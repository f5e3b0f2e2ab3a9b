import threading
import lockweave
lockweave.always(lambda: lockweave.interrupt(threading.main_thread(), int) is None)
