l = [3, 1, 2]
print(sorted(l), l, sorted(l, reverse=True), l.sort(), l)
words = ['banana', 'Apple', 'cherry', 'date']
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len), sorted(words, key=lambda w: (len(w), w)))
pairs = [(1, 'b'), (0, 'z'), (1, 'a'), (0, 'a')]
print(sorted(pairs), sorted(pairs, key=lambda p: p[0]), sorted(pairs, key=lambda p: p[0], reverse=True))
print(sorted('hello'), sorted({'b': 1, 'a': 2}), sorted((3, 1)), sorted([]), sorted([True, 0, 2.5, -1]))
calls = []
sorted([3, 1, 2], key=lambda x: calls.append(x) or x)
print(calls)
try:
    sorted([1, 'a'])
except TypeError as e:
    print(e)
class K:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n > o.n
print([k.n for k in sorted([K(1), K(3), K(2)])], min([K(1), K(3)]).n)
d = [('x', 2), ('y', 1)]
d.sort(key=lambda kv: kv[1]); print(d)
# expect: [1, 2, 3] [1, 2, 3] [3, 2, 1] None [1, 2, 3]
# expect: ['Apple', 'banana', 'cherry', 'date'] ['Apple', 'banana', 'cherry', 'date'] ['date', 'Apple', 'banana', 'cherry'] ['date', 'Apple', 'banana', 'cherry']
# expect: [(0, 'a'), (0, 'z'), (1, 'a'), (1, 'b')] [(0, 'z'), (0, 'a'), (1, 'b'), (1, 'a')] [(1, 'b'), (1, 'a'), (0, 'z'), (0, 'a')]
# expect: ['e', 'h', 'l', 'l', 'o'] ['a', 'b'] [1, 3] [] [-1, 0, True, 2.5]
# expect: [3, 1, 2]
# expect: '<' not supported between instances of 'str' and 'int'
# expect: [3, 2, 1] 3
# expect: [('y', 1), ('x', 2)]
