import itertools, operator
from itertools import *
print(list(map(lambda a, b: a + b, [1, 2, 3], [4, 5])), list(filter(None, [0, 1, '', 2])), list(filter(lambda x: x > 1, range(4))))
print(list(zip([1, 2], 'ab', (3, 4, 5))), list(zip()), list(enumerate('ab', 5)), list(reversed([1, 2, 3])), list(reversed({1: 2, 3: 4})))
try: list(zip([1], [1, 2], strict=True))
except ValueError as e: print(e)
try: list(zip([1, 2], [1], [1, 2], strict=True))
except ValueError as e: print(e)
try: list(zip([1, 2], [1, 2], [1], strict=True))
except ValueError as e: print(e)
print(all([]), all([1, 0]), any([]), any([0, 2]), sum([1, 2, 3]), sum([[1], [2]], []), sum([0.1] * 10), sum([1, 0.5]))
print(min(3, 1, 2), max([1, 3, 2]), min([], default=7), max('ab', 'b', key=len), min('bb', 'a', 'cc', key=len))
for f in (lambda: min([]), lambda: max(), lambda: sum(['a'], ''), lambda: max(1, 2, default=3), lambda: map(1), lambda: reversed(5), lambda: vars(5)):
    try: print(f())
    except (TypeError, ValueError) as e: print(type(e).__name__, e)
print(sorted([3, 1, 2]), sorted('bca', reverse=True), sorted([(1, 'b'), (0, 'c'), (1, 'a')], key=lambda p: p[0]))
print(sorted([(1, 'b'), (0, 'c'), (1, 'a')], key=lambda p: p[0], reverse=True), sorted(range(40), key=lambda n: n * 7 % 13))
class C:
    def __init__(self, n): self.n = n
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return 'C%d' % self.n
print(sorted([C(3), C(1), C(2)]), min([C(3), C(1)]))
c = count(5); print(next(c), next(c), c, count(1, 2), repeat(1, 3), repeat(2))
print(list(islice(count(), 3)), list(islice('abcdef', 1, 5, 2)), list(islice('abc', 1, None)), list(islice('abc', 0)))
it = iter('abcdef'); print(list(islice(it, 2)), list(it))
it = iter('abcdef'); print(list(islice(it, 1, 3)), next(it))
print(list(chain('ab', [1], ())), list(chain.from_iterable(['ab', 'c'])), list(islice(cycle('ab'), 5)), list(repeat('x', 2)))
print(list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul)), list(accumulate([1, 2], initial=10)), list(accumulate([])))
print(list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 3, 1])), list(filterfalse(lambda x: x, [0, 1])))
print(list(zip_longest('ab', [1], fillvalue=0)), list(starmap(pow, [(2, 3), (3, 2)])), list(compress('abc', [1, 0, 1])), list(pairwise('abc')))
print([(k, list(g)) for k, g in groupby('aabbbc')], [(k, len(list(g))) for k, g in groupby([1, 3, 2, 4], lambda x: x % 2)])
print([k for k, g in groupby('aabb')])
a, b = tee('abc'); print(next(a), list(b), list(a))
print(list(product('ab', [1, 2])), list(product([0, 1], repeat=2)), list(product()), list(permutations('abc', 2)), len(list(permutations(range(4)))))
print(list(combinations('abcd', 2)), list(combinations('ab', 3)), list(combinations_with_replacement('ab', 2)), list(permutations([1, 1])))
for f in (lambda: islice('a', -1), lambda: islice('a', 0, 1, 0), lambda: list(combinations('a', -1)), lambda: next(iter(zip()))):
    try: print(f())
    except (ValueError, StopIteration) as e: print(type(e).__name__, e)
m = map(lambda x: 1 // x, [0, 1])
try: next(m)
except ZeroDivisionError: print('zero', next(m))
print(operator.itemgetter(1)('ab'), operator.itemgetter(0, 2)('abc'), operator.attrgetter('real.imag')(3), operator.methodcaller('upper')('a'))
print(operator.add(1, 2), operator.not_(0), operator.contains('ab', 'a'), operator.abs(-2), operator.countOf('aab', 'a'), operator.indexOf('ab', 'b'))
