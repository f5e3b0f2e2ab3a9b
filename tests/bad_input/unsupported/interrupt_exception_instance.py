import threading
import lockweave
lockweave.interrupt(threading.main_thread(), ValueError("no class"), kind="async-exception")
