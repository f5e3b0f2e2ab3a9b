from collections import deque, defaultdict, OrderedDict, Counter, ChainMap, UserDict, namedtuple
import collections.abc as abc, heapq
d = deque([1, 2, 3], maxlen=3); d.append(4); print(d, d.maxlen, len(d)); d.appendleft(0); print(d, d[0], d[-1], 2 in d)
d = deque('abcde'); d.rotate(2); print(d); d.rotate(-1); print(d); d.reverse(); print(list(d), list(reversed(d)))
d.extendleft('xy'); print(d.popleft(), d.pop(), d.count('b'), d.index('c'), d); d.remove('c'); d.insert(1, 'q'); print(d, bool(deque()), d == deque(d))
for f in (lambda: deque().pop(), lambda: deque().popleft(), lambda: deque([1]).remove(2), lambda: deque([1])[5], lambda: deque(maxlen=-1), lambda: deque([1]) + [2]):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
try:
    for x in d: d.append(1)
except RuntimeError as e: print(e)
d[0] = 9; del d[1]; print(d, deque([1]) + deque([2]), deque([1, 2]) * 2, deque([1]) < deque([2]), d.copy())
dd = defaultdict(list); dd['a'].append(1); print(dd, dd['b'], dd.get('c'), defaultdict(int, x=1), dd == {'a': [1], 'b': []})
try: defaultdict()['x']
except KeyError as e: print('KeyError', e)
o = OrderedDict(a=1, b=2, c=3); o.move_to_end('a'); print(o, o.popitem(last=False), list(reversed(o))); o.move_to_end('a', last=False); print(o, o == {'c': 3, 'a': 1}, o == OrderedDict(c=3, a=1), OrderedDict())
c = Counter('abracadabra'); print(c, c.most_common(2), c['z'], sorted(c.elements())[:3], c.total()); c.subtract('aa'); c.update(a=5, q=1); print(c['a'], c + Counter('zz'), c - Counter('bb'), c & Counter('ab'), Counter('a') | Counter('ab')); del c['nope']
P = namedtuple('P', 'x y', defaults=[7]); p = P(1); print(p, p.x, p.y, p._replace(x=3), p._asdict(), P._fields, P._make([4, 5]), p == (1, 7), P(y=1, x=2))
for f in (lambda: P(), lambda: P(1, 2, 3), lambda: P(1, z=2), lambda: namedtuple('Q', 'a a'), lambda: namedtuple('Q', '_a'), lambda: namedtuple('Q', 'if')):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__)
a, b = p; print(a, b, namedtuple('R', ['a', 'if', 'a'], rename=True)._fields)
m = ChainMap({'a': 1}, {'a': 2, 'b': 3}); print(m['a'], m['b'], len(m), sorted(m), 'z' in m, m.get('z', 0), m.new_child()); m['c'] = 5; print(m.maps, m.parents)
class U(UserDict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
u = U(a=1); u.update({'b': 2}); print(u, u.setdefault('A', 3), u.pop('B'), u.get('x'), list(u.items()), u == {'A': 1}, list(u.keys()))
for x in ([], (), {}, set(), 'a', 5, len, iter([]), (i for i in []), int, lambda: 0):
    print([isinstance(x, t) for t in (abc.Iterable, abc.Iterator, abc.Sequence, abc.MutableSequence, abc.Mapping, abc.MutableMapping, abc.Set, abc.Hashable, abc.Callable, abc.Sized, abc.Container, abc.Collection, abc.Generator, abc.Reversible)])
class S(abc.Sequence):
    def __getitem__(self, i): return 'abc'[i]
    def __len__(self): return 3
s = S(); print(list(s), 'b' in s, s.index('c'), s.count('a'), list(reversed(s)), isinstance(s, abc.Sequence))
class M(abc.MutableMapping):
    def __init__(self): self.d = {}
    def __getitem__(self, k): return self.d[k]
    def __setitem__(self, k, v): self.d[k] = v
    def __delitem__(self, k): del self.d[k]
    def __iter__(self): return iter(self.d)
    def __len__(self): return len(self.d)
x = M(); x.update(a=1); x.update([('b', 2)]); print(dict(x), x.pop('a'), x.setdefault('c', 3), x.popitem(), sorted(x.items()), list(x.values()), 'b' in x, x == {'c': 3}); x.clear(); print(len(x), x.pop('q', 'd'), x.get('a'))
try: abc.Mapping()
except TypeError as e: print(e)
class Half(abc.MutableMapping):
    def __getitem__(self, k): pass
try: Half()
except TypeError as e: print(e)
h = [5, 2, 8, 1]; heapq.heapify(h); heapq.heappush(h, 0); print(heapq.heappop(h), heapq.heappop(h), heapq.heappushpop(h, 3), heapq.heapreplace(h, 9), sorted(h), heapq.nsmallest(2, [3, 1, 2]), heapq.nlargest(2, [3, 1, 2]), list(heapq.merge([1, 3], [2])))
