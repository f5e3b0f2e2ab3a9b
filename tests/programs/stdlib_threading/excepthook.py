# requires: 3.8
import threading
caught = []
def hook(args):
    caught.append((args.exc_type.__name__, str(args.exc_value), args.thread.name))
threading.excepthook = hook
def bad(): raise ValueError('in thread')
t = threading.Thread(target=bad, name='bad one')
t.start(); t.join()
print(caught, t.is_alive())  # expect: [('ValueError', 'in thread', 'bad one')] False
def exits(): raise SystemExit(3)
t = threading.Thread(target=exits)
t.start(); t.join()
print(len(caught))  # expect: 2
