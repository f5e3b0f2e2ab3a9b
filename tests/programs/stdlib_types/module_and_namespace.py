import sys, types
m = types.ModuleType('made', 'its doc')
print(m.__name__, m.__doc__, m.__spec__, m.__loader__, m.__package__, type(m) is type(sys))
m.x = 1
exec('y = x + 1\ndef f(): return x', m.__dict__)
print(m.y, m.f(), vars(m) is m.__dict__)
m.x = 10
print(m.f())
sys.modules['made'] = m
import made
from made import y
print(made is m, y)
del m.x
try:
    made.x
except AttributeError as e:
    print(e)
del sys.modules['made']
try:
    import made
except ModuleNotFoundError as e:
    print(e)
n = types.SimpleNamespace(a=1, b='x')
n.c = [2]
print(n, n.a, n == types.SimpleNamespace(a=1, b='x', c=[2]), vars(n)['b'])
del n.a
print(hasattr(n, 'a'), isinstance(lambda: 0, types.FunctionType), isinstance((x for x in ()), types.GeneratorType))
class Sub(types.ModuleType):
    @property
    def prop(self): return 'computed'
print(Sub('s').prop, Sub('s').__name__)
# expect: made its doc None None None True
# expect: 2 1 True
# expect: 10
# expect: True 2
# expect: module 'made' has no attribute 'x'
# expect: No module named 'made'
# expect: namespace(a=1, b='x', c=[2]) 1 True x
# expect: False True True
# expect: computed s
