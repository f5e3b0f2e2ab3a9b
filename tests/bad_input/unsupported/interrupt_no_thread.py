import threading
import lockweave
lockweave.interrupt(threading.get_ident(), print)
