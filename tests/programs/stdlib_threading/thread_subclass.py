import threading
class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name='W%d' % n)
        self.n = n
        self.result = None
    def run(self):
        self.result = self.n * self.n
        self.who = threading.current_thread().name
ws = [Worker(i) for i in range(3)]
for w in ws: w.start()
for w in ws: w.join()
print([w.result for w in ws], [w.who for w in ws], isinstance(ws[0], threading.Thread))
class NoInit(threading.Thread):
    def __init__(self): pass
try:
    NoInit().start()
except RuntimeError as e:
    print(e)
class Returning(threading.Thread):
    def __init__(self, f, *args):
        threading.Thread.__init__(self, target=f, args=args)
        self.f, self.a = f, args
    def run(self):
        try:
            self.value = self.f(*self.a)
        except Exception as e:
            self.error = e
    def join(self, *a):
        super().join(*a)
        if hasattr(self, 'error'): raise self.error
        return self.value
r = Returning(pow, 2, 10); r.start(); print(r.join())
r = Returning(lambda: 1 // 0); r.start()
try: r.join()
except ZeroDivisionError as e: print('from thread:', type(e).__name__)
# expect: [0, 1, 4] ['W0', 'W1', 'W2'] True
# expect: thread.__init__() not called
# expect: 1024
# expect: from thread: ZeroDivisionError
