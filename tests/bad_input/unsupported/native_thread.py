import lockweave, threading
lockweave.native_thread(print)
