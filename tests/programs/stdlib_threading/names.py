import threading
def nothing(): pass
names = []
for i in range(2):
    t = threading.Thread(name='n%d' % i)
    names.append(t.name)
t.name = 'renamed'
print(names, t.name, t.getName())
t.setName('again')
print(t.name, threading.main_thread().name, t.isDaemon())
auto = threading.Thread(target=nothing).name
print(auto.startswith('Thread-'), auto.endswith('(nothing)'))
u = threading.Thread(target=nothing, daemon=True)
print(u.daemon)
u.start(); u.join()
try:
    u.daemon = False
    print('allowed after the end')
except RuntimeError as e:
    print(e)
seen = []
t = threading.Thread(target=lambda: seen.append(threading.current_thread().name), name='inside')
t.start(); t.join()
print(seen)
parent = []
def spawn(): parent.append(threading.Thread().daemon)
t = threading.Thread(target=spawn, daemon=True); t.start(); t.join()
print(parent)
# expect: ['n0', 'n1'] renamed renamed
# expect: again MainThread False
# expect[-3.9]: True False
# expect[3.10+]: True True
# expect: True
# expect: cannot set daemon status of active thread
# expect: ['inside']
# expect: [True]
