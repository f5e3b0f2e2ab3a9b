class Adder:
    def __init__(self, n): self.n = n
    def __call__(self, x, *, twice=False):
        return self.n + x * (2 if twice else 1)
    def __repr__(self): return 'Adder(%r)' % self.n
    def __str__(self): return 'adds %s' % self.n
    def __format__(self, spec): return 'fmt<%s>' % spec
a = Adder(5)
print(a(1), a(1, twice=True), callable(a))
print(a, repr(a), [a], '%s %r' % (a, a), '{} {!r} {!s} {:xyz}'.format(a, a, a, a))
print(f'{a} {a!r} {a!s:>10} {a:spec}')
class OnlyRepr:
    def __repr__(self): return '<only>'
print(OnlyRepr(), str(OnlyRepr()), {1: OnlyRepr()})
class OnlyStr(OnlyRepr):
    def __str__(self): return 'str'
print(OnlyStr(), [OnlyStr()])
print(list(map(Adder(10), range(3))))
# expect: 6 7 True
# expect: adds 5 Adder(5) [Adder(5)] adds 5 Adder(5) fmt<> Adder(5) adds 5 fmt<xyz>
# expect: fmt<> Adder(5)     adds 5 fmt<spec>
# expect: <only> <only> {1: <only>}
# expect: str [<only>]
# expect: [10, 11, 12]
