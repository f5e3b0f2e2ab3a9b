import threading
results = []
def work(a, b=0, *rest, **kw):
    results.append((a, b, rest, kw))
t = threading.Thread(target=work, args=(1, 2, 3), kwargs={'k': 4}, name='worker')
print(t.name, t.daemon, t.is_alive(), t.ident)
t.start()
t.join()
print(results, t.is_alive(), t.ident is not None)
for bad in (t.start, lambda: threading.Thread(target=work).join(), lambda: threading.current_thread().join()):
    try:
        bad()
    except RuntimeError as e:
        print(e)
t.join()
t.join(timeout=1)
print(threading.current_thread() is threading.main_thread(), threading.current_thread().name, threading.active_count())
threads = [threading.Thread(target=work, args=(i,)) for i in range(3)]
for t in threads: t.start(); t.join()
print([r[0] for r in results])
d = threading.Thread(target=work, args=('d',), daemon=True)
print(d.daemon); d.daemon = False; print(d.daemon)
d.start(); d.join()
print(threading.Thread().run(), len(threading.enumerate()))
print(threading.get_ident() == threading.current_thread().ident)
# expect: worker False False None
# expect: [(1, 2, (3,), {'k': 4})] False True
# expect: threads can only be started once
# expect: cannot join thread before it is started
# expect: cannot join current thread
# expect: True MainThread 1
# expect: [1, 0, 1, 2]
# expect: True
# expect: False
# expect: None 1
# expect: True
