import threading
lock = threading.Lock()
lock.acquire()
del lock
