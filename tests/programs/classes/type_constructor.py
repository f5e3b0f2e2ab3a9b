def method(self): return self.x * 2
C = type('C', (object,), {'x': 21, 'method': method})
print(C.__name__, C().method(), C.__bases__, C.__module__)
D = type('D', (C,), dict(x=1))
print(D().method(), isinstance(D(), C), type(D), type(type))
print(type(1), type('a'), type([]), type(None), type(print).__name__, type(C))
print(type(1) is int, type(True) is bool, isinstance(True, int), issubclass(bool, int))
print(C.__dict__['x'], 'method' in C.__dict__, C.__doc__)
print(int.__name__, dict.__mro__ == (dict, object), object.__bases__)
print(isinstance(int, type), isinstance(5, object), isinstance(type, object))
x = D()
x.__class__ = C
print(type(x).__name__, x.x)
# expect: C 42 (<class 'object'>,) __main__
# expect: 2 True <class 'type'> <class 'type'>
# expect: <class 'int'> <class 'str'> <class 'list'> <class 'NoneType'> builtin_function_or_method <class 'type'>
# expect: True True True True
# expect: 21 True None
# expect: int True ()
# expect: True True True
# expect: C 21
