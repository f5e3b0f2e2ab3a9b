import sys
class Out:
    def __init__(self): self.text = []
    def write(self, s): self.text.append(s)
    def flush(self): pass
saved, sys.stdout = sys.stdout, Out()
print('captured', 1)
out, sys.stdout = sys.stdout, saved
print(''.join(out.text).split())  # expect: ['captured', '1']
