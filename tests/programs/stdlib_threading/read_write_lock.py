import threading
class RWLock:
    def __init__(self):
        self.cond, self.readers, self.writing = threading.Condition(), 0, False
    def read(self):
        with self.cond:
            self.cond.wait_for(lambda: not self.writing)
            self.readers += 1
    def done_reading(self):
        with self.cond:
            self.readers -= 1
            if not self.readers: self.cond.notify_all()
    def write(self):
        with self.cond:
            self.cond.wait_for(lambda: not self.writing and not self.readers)
            self.writing = True
    def done_writing(self):
        with self.cond:
            self.writing = False
            self.cond.notify_all()
rw, log = RWLock(), []
rw.read(); rw.read()
def writer():
    rw.write()
    log.append('wrote')
    rw.done_writing()
t = threading.Thread(target=writer)
t.start()
log.append('reading')
rw.done_reading(); rw.done_reading()
t.join()
print(log, rw.readers, rw.writing)  # expect: ['reading', 'wrote'] 0 False
