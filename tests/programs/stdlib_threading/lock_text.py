# What a lock shows of itself, but for addresses and who holds it.
import threading


def show(lock):
    print(repr(lock).split(' at ')[0])


plain = threading.Lock()
reentrant = threading.RLock()
show(plain)
show(reentrant)
with plain, reentrant, reentrant:
    show(plain)
    text = repr(reentrant)
    print(text.split(' owner=')[0], 'owner=0' in text, 'count=2' in text)
show(reentrant)
# expect: <unlocked _thread.lock object
# expect: <unlocked _thread.RLock object owner=0 count=0
# expect: <locked _thread.lock object
# expect: <locked _thread.RLock object False True
# expect: <unlocked _thread.RLock object owner=0 count=0
