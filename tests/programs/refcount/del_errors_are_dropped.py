import sys, io
class D:
    def __del__(self):
        raise ValueError('dropped')
old, sys.stderr = sys.stderr, io.StringIO() if False else sys.stderr
d = D.__new__(D)
class Quiet:
    def write(self, s): pass
    def flush(self): pass
sys.stderr = Quiet()
try:
    del d
    print('no exception here')  # expect: no exception here
finally:
    sys.stderr = old
class Res:
    resurrected = []
    def __del__(self):
        print('del')  # expect: del
        Res.resurrected.append(self)
r = Res()
del r
print(len(Res.resurrected), type(Res.resurrected[0]).__name__)  # expect: 1 Res
