class Meta(type):
    registry = []
    def __new__(mcls, name, bases, namespace, **kw):
        print('Meta.__new__', name, sorted(k for k in namespace if not k.startswith('__')), kw)
        cls = super().__new__(mcls, name, bases, namespace)
        mcls.registry.append(name)
        return cls
    def __init__(cls, name, bases, namespace, **kw):
        super().__init__(name, bases, namespace)
        cls.tag = name.lower()
    def __call__(cls, *args):
        print('Meta.__call__', cls.__name__)
        return super().__call__(*args)
    def __len__(cls): return 42
    def __contains__(cls, x): return x == 'in'
class A(metaclass=Meta, option=1):
    x = 1
class B(A):
    def __init__(self, v): self.v = v
print(Meta.registry, A.tag, B.tag, type(B) is Meta, len(A), 'in' in B)
print(B(5).v)
class WithPrepare(type):
    @classmethod
    def __prepare__(mcls, name, bases):
        return {'injected': 'from prepare'}
class C(metaclass=WithPrepare):
    y = injected + '!'
print(C.y, C.injected)
# expect: Meta.__new__ A ['x'] {'option': 1}
# expect: Meta.__new__ B [] {}
# expect: ['A', 'B'] a b True 42 True
# expect: Meta.__call__ B
# expect: 5
# expect: from prepare! from prepare
