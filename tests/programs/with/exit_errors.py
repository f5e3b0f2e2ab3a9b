class Fails:
    def __init__(self, where): self.where = where
    def __enter__(self):
        if self.where == 'enter': raise ValueError('enter failed')
        return self
    def __exit__(self, *exc):
        if self.where == 'exit': raise ValueError('exit failed')
class Watch:
    def __enter__(self): return self
    def __exit__(self, kind, value, tb): print('watch saw', kind and kind.__name__, value)
for where in ('enter', 'exit'):
    try:
        with Watch(), Fails(where):
            print('body')
    except ValueError as e:
        print(e)
try:
    with Fails('exit'):
        raise KeyError('body')
except ValueError as e:
    print(e, repr(e.__context__)[:8])
class NotAManager: pass
try:
    with NotAManager():
        print('never')
except (AttributeError, TypeError) as e:
    print('not a manager')
class Truthy:
    def __enter__(self): pass
    def __exit__(self, *a): return [1]
with Truthy():
    raise KeyError
print('truthy result suppresses')
# expect: watch saw ValueError enter failed
# expect: enter failed
# expect: body
# expect: watch saw ValueError exit failed
# expect: exit failed
# expect: exit failed KeyError
# expect: not a manager
# expect: truthy result suppresses
