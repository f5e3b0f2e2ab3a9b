import threading
def again():
    threading.Thread(target=again).start()
again()
