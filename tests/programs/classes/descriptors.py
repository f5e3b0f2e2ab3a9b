class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name):
        print('set_name', owner.__name__, name)
        self.name = name
    def __get__(self, obj, owner=None):
        if obj is None:
            return self
        return obj.__dict__.get(self.name, 'unset')
    def __set__(self, obj, value):
        if not isinstance(value, self.kind):
            raise TypeError('%s must be %s' % (self.name, self.kind.__name__))
        obj.__dict__[self.name] = value
    def __delete__(self, obj):
        print('delete', self.name)
        obj.__dict__.pop(self.name, None)
class P:
    name = Typed(str)
    age = Typed(int)
p = P()
print(p.name)
p.name, p.age = 'x', 3
print(p.name, p.age, P.age.name, vars(p))
try:
    p.age = 'old'
except TypeError as error:
    print(error)
del p.age
print(p.age)
p.__dict__['name'] = 'data descriptor wins but reads dict'
print(p.name)
# expect: set_name P name
# expect: set_name P age
# expect: unset
# expect: x 3 age {'name': 'x', 'age': 3}
# expect: age must be int
# expect: delete age
# expect: unset
# expect: data descriptor wins but reads dict
