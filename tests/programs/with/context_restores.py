state = {'level': 0}
class Level:
    def __init__(self, n): self.n = n
    def __enter__(self): self.old, state['level'] = state['level'], self.n; return self.old
    def __exit__(self, *e): state['level'] = self.old
def show(): return state['level']
with Level(1) as old:
    print(old, show())  # expect: 0 1
    with Level(2) as old:
        print(old, show())  # expect: 1 2
    print(show())  # expect: 1
    try:
        with Level(5):
            raise RuntimeError
    except RuntimeError:
        print('after error', show())  # expect: after error 1
print(show())  # expect: 0
class Transaction:
    def __init__(self, d): self.d = d
    def __enter__(self): self.saved = dict(self.d); return self.d
    def __exit__(self, kind, v, tb):
        if kind is not None:
            self.d.clear(); self.d.update(self.saved)
        return kind is not None and issubclass(kind, ValueError)
data = {'a': 1}
with Transaction(data) as d: d['b'] = 2
with Transaction(data) as d:
    d['c'] = 3
    raise ValueError
print(data)  # expect: {'a': 1, 'b': 2}
