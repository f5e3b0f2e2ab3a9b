class Single:
    instance = None
    def __new__(cls, *args):
        print('new', cls.__name__, args)
        if cls.instance is None:
            cls.instance = super().__new__(cls)
        return cls.instance
    def __init__(self, value):
        print('init', value)
        self.value = value
a = Single(1)
b = Single(2)
print(a is b, a.value)
class Other:
    def __new__(cls):
        return 'not an instance'
    def __init__(self):
        print('never')
print(Other())
class Even(int):
    def __new__(cls, n):
        return super().__new__(cls, n * 2)
    def half(self): return self // 2
e = Even(21)
print(e, e + 1, e.half(), isinstance(e, int), type(e).__name__)
class T(tuple):
    def __new__(cls, a, b): return tuple.__new__(cls, (a, b))
    first = property(lambda self: self[0])
print(T(1, 2), T(3, 4).first, len(T(1, 2)))
raw = Single.__new__(Single)
try:
    class BadInit:
        def __init__(self): return 5
    BadInit()
except TypeError as error:
    print(error)
# expect: new Single (1,)
# expect: init 1
# expect: new Single (2,)
# expect: init 2
# expect: True 2
# expect: not an instance
# expect: 42 43 21 True Even
# expect: (1, 2) 3 2
# expect: new Single ()
# expect: __init__() should return None, not 'int'
