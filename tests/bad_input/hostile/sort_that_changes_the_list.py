x = [3, 1, 2]
class K:
    def __init__(self, n): self.n = n
    def __lt__(self, o):
        x.append(1)
        return self.n < o.n
x.sort(key=K)
