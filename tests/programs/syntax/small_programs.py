# requires: 3.7
from collections import deque, defaultdict, namedtuple
from contextlib import contextmanager
from functools import partial
import itertools, threading
Event = namedtuple('Event', ['time', 'name', 'data'], defaults=[None]) if True else None
class Machine:
    transitions = {('idle', 'start'): 'running', ('running', 'pause'): 'paused', ('paused', 'start'): 'running', ('running', 'stop'): 'idle'}
    def __init__(self): self.state, self.history, self.listeners = 'idle', deque(maxlen=3), defaultdict(list)
    def on(self, state): return partial(self._add, state)
    def _add(self, state, fn): self.listeners[state].append(fn); return fn
    def fire(self, ev):
        try: new = self.transitions[self.state, ev.name]
        except KeyError: raise ValueError(f'{ev.name!r} not allowed in {self.state!r}') from None
        self.history.append((self.state, new)); self.state = new
        for fn in self.listeners[new]: fn(ev)
m = Machine()
@m.on('running')
def started(ev): print('running at', ev.time, ev.data)
clock = itertools.count(1)
for name in ['start', 'pause', 'start', 'stop', 'stop']:
    try: m.fire(Event(next(clock), name))
    except ValueError as e: print('error:', e)
print(m.state, list(m.history), Event(1, 'x'), Event._field_defaults)
class Tx:
    log = []
    @contextmanager
    def begin(self, name):
        self.log.append(f'begin {name}')
        try: yield self
        except Exception as e: self.log.append(f'rollback {name}: {e!r}'); raise
        else: self.log.append(f'commit {name}')
tx = Tx()
try:
    with tx.begin('a'), tx.begin('b') as t: t.log.append('work'); raise RuntimeError('boom')
except RuntimeError as e: print(*tx.log, sep='\n')
def pipeline(*fs): return lambda x: __import__('functools').reduce(lambda a, f: f(a), fs, x)
print(pipeline(str.strip, str.upper, lambda s: s[::-1], list)('  abc '), [*map(pipeline(int, lambda n: n ** 2), '123')])
words = 'the quick brown fox jumps over the lazy dog the end'.split()
counts = {}
for w in words: counts[w] = counts.get(w, 0) + 1
print(sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:3], {len(w): sorted({x for x in words if len(x) == len(w)}) for w in words}[3])
matrix = [[1, 2, 3], [4, 5, 6]]
print([list(r) for r in zip(*matrix)], [[r[i] for r in matrix] for i in range(3)], sum(sum(r) for r in matrix), [y for x in matrix for y in x if y % 2])
def memo(f):
    cache = {}
    def g(*a):
        if a not in cache: cache[a] = f(*a)
        return cache[a]
    g.cache = cache
    return g
@memo
def collatz(n): return 0 if n == 1 else 1 + collatz(n // 2 if n % 2 == 0 else 3 * n + 1)
print(collatz(27), len(collatz.cache), max(range(1, 30), key=collatz))
def primes():
    found = []
    for n in itertools.count(2):
        if all(n % p for p in itertools.takewhile(lambda p: p * p <= n, found)): found.append(n); yield n
print(list(itertools.islice(primes(), 10)))
class Node:
    __slots__ = ('value', 'next')
    def __init__(self, value, next=None): self.value, self.next = value, next
    def __iter__(self):
        while self: yield self.value; self = self.next
lst = None
for i in range(3): lst = Node(i, lst)
print(list(lst), hasattr(lst, '__dict__'), Node.__slots__)
class Tree:
    def __init__(self): self.root = {}
    def insert(self, word):
        node = self.root
        for ch in word: node = node.setdefault(ch, {})
        node['$'] = word
    def find(self, prefix):
        node = self.root
        for ch in prefix:
            if ch not in node: return []
            node = node[ch]
        out = []
        def walk(n):
            for k, v in n.items():
                if k == '$': out.append(v)
                else: walk(v)
        walk(node)
        return sorted(out)
tr = Tree(); [tr.insert(w) for w in words]; print(tr.find('th'), tr.find('zzz'), tr.find('o'))
# expect: running at 1 None
# expect: running at 3 None
# expect: error: 'stop' not allowed in 'idle'
# expect: idle [('running', 'paused'), ('paused', 'running'), ('running', 'idle')] Event(time=1, name='x', data=None) {'data': None}
# expect: begin a
# expect: begin b
# expect: work
# expect: rollback b: RuntimeError('boom')
# expect: rollback a: RuntimeError('boom')
# expect: ['C', 'B', 'A'] [1, 4, 9]
# expect: [('the', 3), ('brown', 1), ('dog', 1)] ['dog', 'end', 'fox', 'the']
# expect: [[1, 4], [2, 5], [3, 6]] [[1, 4], [2, 5], [3, 6]] 21 [1, 3, 5]
# expect: 111 112 27
# expect: [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
# expect: [2, 1, 0] False ('value', 'next')
# expect: ['the'] [] ['over']
