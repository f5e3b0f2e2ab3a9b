class Fallback:
    real = 'real'
    def __getattr__(self, name):
        if name.startswith('dyn_'):
            return name[4:]
        raise AttributeError('no ' + name)
f = Fallback()
print(f.real, f.dyn_x, hasattr(f, 'nope'), getattr(f, 'nope', 'default'))
try:
    f.nope
except AttributeError as error:
    print(error)
class Logged:
    def __init__(self): self.x = 1
    def __getattribute__(self, name):
        print('get', name)
        return super().__getattribute__(name)
l = Logged()
print(l.x)
class Proxy:
    def __init__(self, target):
        object.__setattr__(self, '_target', target)
    def __getattr__(self, name):
        return getattr(self._target, name)
    def __setattr__(self, name, value):
        print('set', name)
        setattr(self._target, name, value)
    def __delattr__(self, name):
        print('del', name)
        delattr(self._target, name)
class T: pass
t = T()
p = Proxy(t)
p.a = 5
print(p.a, t.a)
del p.a
print(hasattr(t, 'a'))
# expect: real x False default
# expect: no nope
# expect: get x
# expect: 1
# expect: set a
# expect: 5 5
# expect: del a
# expect: False
