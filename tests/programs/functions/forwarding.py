def logged(f):
    def wrapper(*args, **kwargs):
        parts = [repr(a) for a in args] + ['%s=%r' % item for item in kwargs.items()]
        print('%s(%s)' % (f.__name__, ', '.join(parts)))
        return f(*args, **kwargs)
    return wrapper
@logged
def area(w, h=1, *, unit='m'):
    return '%d%s' % (w * h, unit)
print(area(2))
print(area(2, 3))
print(area(2, h=4, unit='cm'))
class Base:
    def __init__(self, *args, **kwargs):
        self.args, self.kwargs = args, kwargs
class Derived(Base):
    def __init__(self, first, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.first = first
d = Derived(1, 2, 3, k=4)
print(d.first, d.args, d.kwargs)
# expect: area(2)
# expect: 2m
# expect: area(2, 3)
# expect: 6m
# expect: area(2, h=4, unit='cm')
# expect: 8cm
# expect: 1 (2, 3) {'k': 4}
