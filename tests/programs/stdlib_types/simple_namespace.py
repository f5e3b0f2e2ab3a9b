import types
n = types.SimpleNamespace(a=1)
n.b = 2
print(n.a + n.b, vars(n), n == types.SimpleNamespace(a=1, b=2), n != types.SimpleNamespace())
for name in ('FunctionType', 'MethodType', 'GeneratorType', 'ModuleType', 'BuiltinFunctionType'):
    print(name, isinstance(getattr(types, name), type))
def f(self): return self
m = types.MethodType(f, 'bound to a string')
print(m(), m.__self__)
C = types.new_class('C', (list,), {}, lambda ns: ns.update(x=5))
print(C.x, C([1]), issubclass(C, list))
view = types.MappingProxyType({'a': 1})
print(view['a'], len(view), 'a' in view)
try:
    view['b'] = 2
except TypeError as e:
    print(e)
@types.coroutine
def co(): yield 'from coroutine'
async def use(): await co()
print(use().send(None))
# expect: 3 {'a': 1, 'b': 2} True True
# expect: FunctionType True
# expect: MethodType True
# expect: GeneratorType True
# expect: ModuleType True
# expect: BuiltinFunctionType True
# expect: bound to a string bound to a string
# expect: 5 [1] True
# expect: 1 1 True
# expect: 'mappingproxy' object does not support item assignment
# expect: from coroutine
