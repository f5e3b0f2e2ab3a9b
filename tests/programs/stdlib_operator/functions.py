import operator
print(operator.add(1, 2), operator.mul(3, 4), operator.eq(1, 1), operator.lt(2, 1), operator.not_(0), operator.neg(5))
print(sorted([(1, 'b'), (2, 'a')], key=operator.itemgetter(1)), operator.itemgetter(0, 2)('abc'))
class C:
    def __init__(self, n): self.n = n
    def m(self, x): return self.n + x
print(operator.attrgetter('n')(C(5)), operator.methodcaller('m', 2)(C(5)), operator.contains([1], 1), operator.getitem({'a': 1}, 'a'))
# expect: 3 12 True False True -5
# expect: [(2, 'a'), (1, 'b')] ('a', 'c')
# expect: 5 7 True 1
