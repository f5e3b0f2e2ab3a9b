import threading
import lockweave
thread = threading.Thread(target=int)
thread.start()
thread.join()
lockweave.interrupt(thread, print)
