class D:
    def __del__(self):
        raise ValueError('only a note on stderr')
d = D()
del d
print('no exception here')  # expect: no exception here
def f():
    local = D()
    return 'returned all the same'
print(f())  # expect: returned all the same
class Res:
    resurrected = []
    def __del__(self):
        print('del')  # expect: del
        Res.resurrected.append(self)
r = Res()
del r
print(len(Res.resurrected), type(Res.resurrected[0]).__name__)  # expect: 1 Res
