import threading
import lockweave
lockweave.Interpreter('legacy')
lockweave.interrupt(threading.main_thread(), int)
