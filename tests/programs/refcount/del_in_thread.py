import threading
class D:
    def __init__(self, name): self.name = name
    def __del__(self): log.append(('del', self.name, threading.current_thread().name))
log = []
def work(d):
    d = D('local of thread')
t = threading.Thread(target=work, args=(D('argument'),), name='T')
t.start()
t.join()
names = [entry[1] for entry in log]
print('local of thread' in names, [entry[2] for entry in log if entry[1] == 'local of thread'])
t = None
print(sorted(entry[1] for entry in log))
box = [D('dropped by thread')]
t = threading.Thread(target=box.clear, name='U')
t.start(); t.join()
print(log[-1])
# expect: True ['T']
# expect: ['argument', 'local of thread']
# expect: ('del', 'dropped by thread', 'U')
