class Strict:
    allowed = ('x', 'y')
    def __setattr__(self, name, value):
        if name not in self.allowed:
            raise AttributeError('cannot set %r' % name)
        super().__setattr__(name, value * 2)
s = Strict()
s.x = 5
print(s.x)
try:
    s.z = 1
except AttributeError as error:
    print(error)
object.__setattr__(s, 'z', 'forced')
print(s.z, sorted(vars(s)))
setattr(s, 'y', 'ab')
print(getattr(s, 'y'))
class Frozen:
    def __init__(self, v): self.__dict__['v'] = v
    def __setattr__(self, *a): raise TypeError('frozen')
    def __delattr__(self, n): raise TypeError('frozen del')
f = Frozen(3)
for action in (lambda: setattr(f, 'v', 4), lambda: delattr(f, 'v')):
    try:
        action()
    except TypeError as error:
        print(error, f.v)
# expect: 10
# expect: cannot set 'z'
# expect: forced ['x', 'z']
# expect: abab
# expect: frozen 3
# expect: frozen del 3
