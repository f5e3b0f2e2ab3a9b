import weakref
class KeyedRef(weakref.ref):
    __slots__ = ('key',)
    def __new__(cls, obj, key, callback=None):
        self = super().__new__(cls, obj, callback)
        self.key = key
        return self
    def __init__(self, obj, key, callback=None):
        super().__init__(obj, callback)
class O: pass
table = {}
def remove(ref):
    print('removing', ref.key)
    del table[ref.key]
objects = {k: O() for k in 'abc'}
for k, o in objects.items():
    table[k] = KeyedRef(o, k, remove)
print(sorted(table), table['a']() is objects['a'], isinstance(table['a'], weakref.ref))
del o
del objects['b']
print(sorted(table))
objects.clear()
print(sorted(table))
# expect: ['a', 'b', 'c'] True True
# expect: removing b
# expect: ['a', 'c']
# expect: removing a
# expect: removing c
# expect: []
