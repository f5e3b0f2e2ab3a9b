import queue, threading, collections, itertools
q = queue.Queue(maxsize=2)
q.put(1); q.put(2)
print(q.full(), q.empty(), q.qsize(), q.get(), q.get_nowait(), q.empty())
for f in (lambda: q.get_nowait(), lambda: q.get(block=False), lambda: q.get(timeout=-1)):
    try: f()
    except queue.Empty as e: print('Empty', repr(e))
    except ValueError as e: print(e)
q.put(1); q.put(2)
try: q.put_nowait(3)
except queue.Full as e: print('Full', repr(e))
q.get(); q.get(); q.task_done(); q.task_done(); q.task_done(); q.task_done(); q.join()
try: q.task_done()
except ValueError as e: print(e)
def worker(inq, out):
    while True:
        item = inq.get()
        if item is None: break
        out.append(item * item)
        inq.task_done()
inq, out = queue.Queue(), []
t = threading.Thread(target=worker, args=(inq, out)); t.start()
for i in range(3): inq.put(i)
inq.join(); inq.put(None); t.join(); print(out)
l = queue.LifoQueue(); l.put('a'); l.put('b'); print(l.get(), l.get())
p = queue.PriorityQueue(); [p.put(x) for x in (3, 1, 2)]; print(p.get(), p.get(), p.get())
s = queue.SimpleQueue() if hasattr(queue, 'SimpleQueue') else queue.Queue(); s.put(1); print(s.get(), s.empty())
d = collections.deque([1, 2, 3], maxlen=4)
d.append(4); d.append(5); d.appendleft(0); print(d, d[0], d[-1], len(d), d.maxlen, 3 in d)
d.rotate(1); print(d, d.pop(), d.popleft(), list(d), d.extend([7, 8]), d.extendleft([9]), d, d.index(7), d.count(7), d.remove(7), d, list(reversed(d)))
try: collections.deque().pop()
except IndexError as e: print(e)
d.clear(); print(d, bool(d), collections.deque('ab') == collections.deque('ab'), collections.deque([1]) + collections.deque([2]))
dd = collections.defaultdict(list); dd['a'].append(1); print(dd, dict(dd), 'b' in dd, dd['b'], len(dd))
c = collections.Counter('abracadabra'); print(c.most_common(2), c['a'], c['z'], sum(c.values()))
od = collections.OrderedDict(a=1, b=2); od.move_to_end('a'); print(list(od), od.popitem(last=False))
P = collections.namedtuple('P', 'x y'); pt = P(1, y=2); print(pt, pt.x, pt._replace(x=5), pt._asdict()['y'], P._fields, pt == (1, 2), *pt)
n = itertools.count(10, 5); print(next(n), next(n), n)
print(list(itertools.chain('ab', [1])), list(itertools.islice(itertools.cycle('xy'), 5)), list(itertools.repeat(1, 2)), list(itertools.accumulate([1, 2, 3])))
print(list(itertools.product('ab', [1, 2])), list(itertools.permutations([1, 2, 3], 2))[:3], list(itertools.combinations('abc', 2)), [(k, list(g)) for k, g in itertools.groupby('aabb')])
print(list(itertools.takewhile(lambda x: x < 3, itertools.count())), list(itertools.zip_longest('ab', 'c', fillvalue='-')), list(itertools.starmap(pow, [(2, 3)])), [list(x) for x in itertools.tee([1, 2])])
# expect: True False 2 1 2 True
# expect: Empty Empty()
# expect: Empty Empty()
# expect: 'timeout' must be a non-negative number
# expect: Full Full()
# expect: task_done() called too many times
# expect: [0, 1, 4]
# expect: b a
# expect: 1 2 3
# expect: 1 True
# expect: deque([0, 2, 3, 4], maxlen=4) 0 4 4 4 True
# expect: deque([9, 0, 2], maxlen=4) 3 4 [0, 2] None None deque([9, 0, 2], maxlen=4) 3 1 None deque([9, 0, 2], maxlen=4) [2, 0, 9]
# expect: pop from an empty deque
# expect: deque([], maxlen=4) False True deque([1, 2])
# expect: defaultdict(<class 'list'>, {'a': [1], 'b': []}) {'a': [1]} False [] 2
# expect: [('a', 5), ('b', 2)] 5 0 11
# expect: ['b', 'a'] ('b', 2)
# expect: P(x=1, y=2) 1 P(x=5, y=2) 2 ('x', 'y') True 1 2
# expect: 10 15 count(20, 5)
# expect: ['a', 'b', 1] ['x', 'y', 'x', 'y', 'x'] [1, 1] [1, 3, 6]
# expect: [('a', 1), ('a', 2), ('b', 1), ('b', 2)] [(1, 2), (1, 3), (2, 1)] [('a', 'b'), ('a', 'c'), ('b', 'c')] [('a', ['a', 'a']), ('b', ['b', 'b'])]
# expect: [0, 1, 2] [('a', 'c'), ('b', '-')] [8] [[1, 2], [1, 2]]
