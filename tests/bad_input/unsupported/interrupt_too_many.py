import threading
import lockweave
for _ in range(9):
    lockweave.interrupt(threading.main_thread(), int)
