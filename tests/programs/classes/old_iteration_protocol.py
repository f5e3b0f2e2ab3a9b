class Seq:
    def __getitem__(self, i):
        if i >= 3:
            raise IndexError(i)
        return i * 10
print(list(Seq()), 20 in Seq(), 5 in Seq())
for x in Seq():
    print(x)
a, b, c = Seq()
print(a, b, c, sum(Seq()), max(Seq()))
print(list(zip(Seq(), 'ab')), list(enumerate(Seq(), 1)))
class L:
    def __len__(self): return 3
    def __getitem__(self, i): return 'item%d' % i
print(list(reversed(L())))
try:
    iter(5)
except TypeError as error:
    print(error)
try:
    len(5)
except TypeError as error:
    print(error)
try:
    5[0]
except TypeError as error:
    print(error)
# expect: [0, 10, 20] True False
# expect: 0
# expect: 10
# expect: 20
# expect: 0 10 20 30 20
# expect: [(0, 'a'), (10, 'b')] [(1, 0), (2, 10), (3, 20)]
# expect: ['item2', 'item1', 'item0']
# expect: 'int' object is not iterable
# expect: object of type 'int' has no len()
# expect: 'int' object is not subscriptable
