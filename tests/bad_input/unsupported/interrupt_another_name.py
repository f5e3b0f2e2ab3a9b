import threading
import lockweave
getattr(lockweave, "inter" + "rupt")(threading.main_thread(), int)
