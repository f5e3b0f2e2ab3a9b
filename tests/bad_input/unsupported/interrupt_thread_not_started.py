import threading
import lockweave
thread = threading.Thread(target=print)
lockweave.interrupt(thread, print)
