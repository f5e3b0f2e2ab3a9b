class Bad:
    def __eq__(self, o): raise ValueError('eq')
    def __hash__(self): return 1
    def __len__(self): raise ValueError('len')
    def __iter__(self): raise ValueError('iter')
    def __contains__(self, x): raise ValueError('contains')
    def __repr__(self): raise ValueError('repr')
    def __call__(self): raise ValueError('call')
    def __getitem__(self, i): raise ValueError('getitem')
    def __add__(self, o): raise ValueError('add')
    @property
    def p(self): raise ValueError('property')
b = Bad()
for f in (lambda: b == 1, lambda: len(b), lambda: iter(b), lambda: 1 in b, lambda: str(b), lambda: b(),
          lambda: b[0], lambda: b + 1, lambda: b.p, lambda: bool(b), lambda: [x for x in b],
          lambda: '%r' % b, lambda: f'{b!r}', lambda: {b: 1}[Bad()], lambda: b in [Bad()]):
    try:
        print('no error', f())
    except ValueError as e:
        print(e)
# expect: eq
# expect: len
# expect: iter
# expect: contains
# expect: repr
# expect: call
# expect: getitem
# expect: add
# expect: property
# expect: len
# expect: iter
# expect: repr
# expect: repr
# expect: eq
# expect: eq
