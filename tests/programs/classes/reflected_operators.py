class N:
    def __init__(self, v): self.v = v
    def __add__(self, o):
        if isinstance(o, int): return 'N+int'
        return NotImplemented
    def __radd__(self, o): return '%r+N' % (o,)
    def __rsub__(self, o): return 'rsub'
    def __rtruediv__(self, o): return 'rdiv'
    def __rfloordiv__(self, o): return 'rfloordiv'
    def __rmod__(self, o): return 'rmod'
    def __rpow__(self, o): return 'rpow'
    def __rand__(self, o): return 'rand'
    def __ror__(self, o): return 'ror'
    def __rlshift__(self, o): return 'rlshift'
n = N(1)
print(n + 1, 1 + n, 'x' + n if False else 2 - n, 1 / n, 1 // n, 1 % n, 2 ** n, 1 & n, 1 | n, 1 << n)
try:
    n + N(2)
except TypeError as error:
    print(error)
try:
    n - 1
except TypeError as error:
    print(error)
class Sub(N):
    def __radd__(self, o): return 'Sub.radd first'
print(N(1) + Sub(2))
for bad in (lambda: 1 + 'a', lambda: 'a' + 1, lambda: [] + (), lambda: -'x', lambda: {} - 1):
    try:
        bad()
    except TypeError as error:
        print(error)
print(sum([N(1)], 5))
# expect: N+int 1+N rsub rdiv rfloordiv rmod rpow rand ror rlshift
# expect: unsupported operand type(s) for +: 'N' and 'N'
# expect: unsupported operand type(s) for -: 'N' and 'int'
# expect: Sub.radd first
# expect: unsupported operand type(s) for +: 'int' and 'str'
# expect[-3.6]: must be str, not int
# expect[3.7+]: can only concatenate str (not "int") to str
# expect: can only concatenate list (not "tuple") to list
# expect: bad operand type for unary -: 'str'
# expect: unsupported operand type(s) for -: 'dict' and 'int'
# expect: 5+N
