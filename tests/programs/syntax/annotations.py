x: int = 3
y: 'later'
print(x, 'y' in globals())
def f(a: int, b: str = 'd', *args: tuple, c: list = None, **kw: dict) -> bool:
    local: float = 1.5
    return a, b, c, local
print(f(1), f.__annotations__['a'].__name__, f.__annotations__['return'].__name__)
class C:
    field: int = 1
    other: str
print(C.field, hasattr(C, 'other'), sorted(C.__annotations__))
print(sorted(f.__annotations__))
# expect: 3 False
# expect: (1, 'd', None, 1.5) int bool
# expect: 1 False ['field', 'other']
# expect: ['a', 'args', 'b', 'c', 'kw', 'return']
