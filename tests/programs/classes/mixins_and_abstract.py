class Comparable:
    def __eq__(self, o): return self.key() == o.key()
    def __lt__(self, o): return self.key() < o.key()
    def __hash__(self): return hash(self.key())
class Printable:
    def __str__(self): return '<%s>' % self.describe()
    def describe(self): raise NotImplementedError('describe')
class Item(Comparable, Printable):
    def __init__(self, n): self.n = n
    def key(self): return -self.n
    def describe(self): return 'item %d' % self.n
print(Item(1) < Item(2), Item(2) < Item(1), Item(3) == Item(3), str(Item(4)))
print([str(i) for i in sorted([Item(1), Item(3), Item(2)])], len({Item(1), Item(1)}))
try:
    str(Printable())
except NotImplementedError as error:
    print('not implemented:', error)
class Base:
    def template(self): return self.step1() + self.step2()
    def step1(self): return 'base1 '
    def step2(self): return 'base2'
class Impl(Base):
    def step2(self): return 'impl2 after ' + super().step2()
print(Impl().template())
# expect: False True True <item 4>
# expect: ['<item 3>', '<item 2>', '<item 1>'] 1
# expect: not implemented: describe
# expect: base1 impl2 after base2
