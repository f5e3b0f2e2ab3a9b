words = 'a b a c b a'.split()
count = {}
for w in words:
    try:
        count[w] += 1
    except KeyError:
        count[w] = 1
print(count)
groups = {}
for w in ('apple', 'ant', 'bee', 'cat', 'cow'):
    groups.setdefault(w[0], []).append(w)
print(groups, {k: len(v) for k, v in groups.items()}, sorted(groups, key=lambda k: (-len(groups[k]), k)))
class Default(dict):
    def __init__(self, factory): self.factory = factory
    def __missing__(self, k): v = self[k] = self.factory(); return v
tree = lambda: Default(tree)
t = tree()
t['a']['b']['c'] = 1
t['a']['d'] = 2
print(t)
inverted = {}
for k, v in count.items(): inverted.setdefault(v, []).append(k)
print(inverted)
dispatch = {'add': lambda a, b: a + b, 'neg': lambda a: -a}
print(dispatch['add'](1, 2), dispatch['neg'](5), dispatch.get('x', lambda *a: 'unknown')(1))
lru, order = {}, []
def put(k, v):
    lru.pop(k, None); lru[k] = v
    if len(lru) > 2: order.append(lru.pop(next(iter(lru))))
for k in 'abac': put(k, k.upper())
print(lru, order)
# expect: {'a': 3, 'b': 2, 'c': 1}
# expect: {'a': ['apple', 'ant'], 'b': ['bee'], 'c': ['cat', 'cow']} {'a': 2, 'b': 1, 'c': 2} ['a', 'c', 'b']
# expect: {'a': {'b': {'c': 1}, 'd': 2}}
# expect: {3: ['a'], 2: ['b'], 1: ['c']}
# expect: 3 -5 unknown
# expect: {'a': 'A', 'c': 'C'} ['B']
