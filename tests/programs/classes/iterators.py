class Countdown:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1
c = Countdown(3)
print(list(c), list(c), next(Countdown(1)), next(Countdown(0), 'empty'))  # expect: [3, 2, 1] [] 1 empty
print(2 in Countdown(5), sum(Countdown(4)), dict(zip('ab', Countdown(2))))  # expect: True 10 {'a': 2, 'b': 1}
class Reusable:
    def __init__(self, n): self.n = n
    def __iter__(self): return iter(range(self.n))
r = Reusable(3)
print(list(r), list(r), [*r, *r])  # expect: [0, 1, 2] [0, 1, 2] [0, 1, 2, 0, 1, 2]
class GenIter:
    def __iter__(self):
        yield 'a'
        yield from 'bc'
print(list(GenIter()), ''.join(GenIter()))  # expect: ['a', 'b', 'c'] abc
try:
    next(Countdown(0))
except StopIteration as stop:
    print('stop', stop.value)  # expect: stop None
it = iter([1, 2])
print(iter(it) is it, next(it), next(it), next(it, None), list(it))  # expect: True 1 2 None []
class BadIter:
    def __iter__(self): return 5
try:
    iter(BadIter())
except TypeError as error:
    print(error)  # expect: iter() returned non-iterator of type 'int'
