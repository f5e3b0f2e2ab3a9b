class I:
    def __index__(self): return 2
    def __int__(self): return 7
    def __float__(self): return 2.5
    def __round__(self, n=None): return ('round', n)
    def __divmod__(self, o): return ('divmod', o)
print([10, 20, 30][I()], 'abcdef'[I():], list(range(I())), int(I()), float(I()))
print(round(I()), round(I(), 2), divmod(I(), 3), [0] * I())
class R:
    def __reversed__(self): return iter('reversed')
    def __contains__(self, x): return 'truthy' if x else ''
print(''.join(reversed(R())), 1 in R(), 0 in R())
class K:
    def __getitem__(self, key): return key
k = K()
print(k[1], k['a'], k[1:2], k[1, 2], k[::2, 'x'], k[...], k[()])
# expect: 30 cdef [0, 1] 7 2.5
# expect: ('round', None) ('round', 2) ('divmod', 3) [0, 0]
# expect: reversed True False
# expect: 1 a slice(1, 2, None) (1, 2) (slice(None, None, 2), 'x') Ellipsis ()
