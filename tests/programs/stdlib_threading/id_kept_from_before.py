# What id() gave before the first thread began is what it gives afterwards.
import threading


class K:
    pass


def double(x):
    return x * 2


things = [[1], {}, K(), K, (K(), 1), double, threading, 'text', 7, None]
known = {id(thing): number for number, thing in enumerate(things)}
untouched = [K()]
before = id(untouched)


def look():
    seen.append([known.get(id(thing)) for thing in things])
    seen.append((id(untouched) == before, id(untouched[0]) == id(untouched[0]), id(untouched[0]) in known))
    later[id(untouched[0])] = 1


later = {}
seen = []
thread = threading.Thread(target=look)
thread.start()
thread.join()
look()
print(seen[0])  # expect: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
print(seen[1])  # expect: (True, True, False)
print(seen[2:] == seen[:2], len(later))  # expect: True 1
