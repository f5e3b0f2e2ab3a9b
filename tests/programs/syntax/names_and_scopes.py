x = 'module'
class C:
    x = 'class'
    y = [x for _ in range(1)]
    def method(self):
        return x
    z = x + '!'
print(C.y, C().method(), C.z)  # expect: ['module'] module class!
def f():
    x = 'function'
    class D:
        y = x
        def g(self):
            return x
    return D.y, D().g()
print(f())  # expect: ('function', 'function')
def g():
    x = 'enclosing'
    class E:
        x = x + ' in class' if False else 'own'
        def get(self):
            return x
    return E.x, E().get()
print(g())  # expect: ('own', 'enclosing')
[x for x in range(3)]
print(x)  # expect: module
lambda_result = (lambda x: x * 2)('ab')
print(lambda_result, x)  # expect: abab module
