print({x: x * x for x in range(3)}, {k.upper(): v for k, v in {'a': 1}.items()}, {x % 2: x for x in range(5)})
print({x % 3 for x in range(10)} == {0, 1, 2}, sorted({c for c in 'hello' if c > 'e'}), {(): 1 for _ in 'ab'}, {x for x in ()})
print({k: [v for v in range(k)] for k in range(3)}, {a: b for a, b in zip('xy', [1, 2]) if b > 1})
d = {'a': 1, 'b': 2}
print({v: k for k, v in d.items()}, {k: d[k] + 1 for k in d}, {**{k: 0 for k in 'pq'}, 'p': 1})
print({i: {j: i * j for j in range(2)} for i in range(2)}, {str(n): n for n in (1, 2)}['2'])
try:
    {x: 1 for x in [[]]}
except TypeError as e:
    print(e)
print(len({frozenset((a, b)) for a in range(3) for b in range(3)}), dict((k, v) for k, v in [('z', 26)]))
# expect: {0: 0, 1: 1, 2: 4} {'A': 1} {0: 4, 1: 3}
# expect: True ['h', 'l', 'o'] {(): 1} set()
# expect: {0: [], 1: [0], 2: [0, 1]} {'y': 2}
# expect: {1: 'a', 2: 'b'} {'a': 2, 'b': 3} {'p': 1, 'q': 0}
# expect: {0: {0: 0, 1: 0}, 1: {0: 0, 1: 1}} 2
# expect: unhashable type: 'list'
# expect: 6 {'z': 26}
