def mark(name):
    print('make', name)
    def decorate(f):
        print('apply', name)
        def wrapper(*args, **kwargs):
            return '%s(%s)' % (name, f(*args, **kwargs))
        return wrapper
    return decorate

def plain(f):
    f.tag = 'plain'
    return f

@mark('outer')
@mark('inner')
def greet(who, punctuation='.'):
    return 'hi ' + who + punctuation

print(greet('bob'), greet('ann', punctuation='!'))

@plain
class C:
    pass
print(C.tag)

class Registry:
    def __init__(self):
        self.names = []
    def register(self, f):
        self.names.append(f.__name__)
        return f
registry = Registry()
@registry.register
def one(): pass
@registry.register
def two(): pass
print(registry.names)
# expect: make outer
# expect: make inner
# expect: apply inner
# expect: apply outer
# expect: outer(inner(hi bob.)) outer(inner(hi ann!))
# expect: plain
# expect: ['one', 'two']
