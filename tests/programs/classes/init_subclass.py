class Plugin:
    plugins = []
    def __init_subclass__(cls, priority=0, **kw):
        super().__init_subclass__(**kw)
        cls.priority = priority
        Plugin.plugins.append(cls)
class A(Plugin, priority=5): pass
class B(Plugin): pass
class C(A, priority=1): pass
print([(p.__name__, p.priority) for p in Plugin.plugins])  # expect: [('A', 5), ('B', 0), ('C', 1)]
try:
    class D(Plugin, unknown=1): pass
except TypeError as error:
    print('TypeError')  # expect: TypeError
print([c.__name__ for c in sorted(Plugin.plugins, key=lambda c: c.priority)])  # expect: ['B', 'C', 'A']
print([c.__name__ for c in Plugin.__subclasses__()])  # expect: ['A', 'B', 'D']
