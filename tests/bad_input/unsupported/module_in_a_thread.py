def work():
    import socket
import threading
t = threading.Thread(target=work)
t.start()
t.join()
