import threading
c = threading.Condition()
for action in (c.notify, c.notify_all, c.wait):
    try:
        action()
    except RuntimeError as e:
        print(e)
with c as v:
    print(v)
    c.notify()
    c.notify(5)
    c.notify_all()
    print(c.wait(timeout=0.001), c.wait_for(lambda: 'ready'), c.wait_for(lambda: 0, timeout=0.001))
own = threading.Lock()
d = threading.Condition(own)
print(d.acquire(), own.locked())
d.release()
print(own.locked())
try:
    d.release()
except RuntimeError as e:
    print(e)
items = []
def producer():
    with c:
        items.append('item')
        c.notify()
t = threading.Thread(target=producer)
with c:
    t.start()
    while not items:
        c.wait()
    print(items)
t.join()
# expect: cannot notify on un-acquired lock
# expect: cannot notify on un-acquired lock
# expect: cannot wait on un-acquired lock
# expect: True
# expect: False ready 0
# expect: True True
# expect: False
# expect: release unlocked lock
# expect: ['item']
