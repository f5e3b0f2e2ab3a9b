class C:
    @property
    def broken(self):
        return self.missing_inside
    def __getattr__(self, name):
        return 'fallback for ' + name
print(C().broken)  # expect: fallback for missing_inside
class D:
    @property
    def broken(self):
        raise AttributeError('inside property')
try:
    D().broken
except AttributeError as error:
    print(error)  # expect: inside property
print(hasattr(D(), 'broken'), getattr(D(), 'broken', 'dflt'))  # expect: False dflt
class E:
    @property
    def bad(self):
        raise ValueError('other error')
try:
    hasattr(E(), 'bad')
except ValueError as error:
    print(error)  # expect: other error
