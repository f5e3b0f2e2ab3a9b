class Meta(type):
    def __instancecheck__(cls, obj): return obj == 'magic'
    def __subclasscheck__(cls, sub): return sub is int
class M(metaclass=Meta): pass
print(isinstance('magic', M), isinstance('x', M), issubclass(int, M), issubclass(str, M))
print(isinstance(1, (str, int)), isinstance(1, (str, (list, (int,)))), issubclass(bool, (str, int)))
for bad in (lambda: isinstance(1, 5), lambda: issubclass(1, int)):
    try:
        bad()
    except TypeError as error:
        print('TypeError')
class A: pass
class B(A): pass
b = B()
print(isinstance(b, A), isinstance(b, object), type(b) == A, isinstance(A, type))
print(isinstance(print, type(len)), isinstance(lambda: 0, type(lambda: 1)))
print(isinstance(None, type(None)), isinstance(KeyError(), LookupError), issubclass(KeyError, Exception))
# expect: True False True False
# expect: True True True
# expect: TypeError
# expect: TypeError
# expect: True True False True
# expect: True True
# expect: True True True
