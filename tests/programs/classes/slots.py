class S:
    __slots__ = ('a', 'b')
    def __init__(self): self.a = 1
s = S()
print(s.a, hasattr(s, 'b'), hasattr(s, '__dict__'))  # expect: 1 False False
try:
    s.c = 1
except AttributeError:
    print('no such slot')  # expect: no such slot
try:
    s.b
except AttributeError as error:
    print('b', type(error).__name__)  # expect: b AttributeError
s.b = 2
del s.a
print(s.b, hasattr(s, 'a'))  # expect: 2 False
class T(S):
    __slots__ = ('c',)
t = T()
t.c = 3
print(t.a, t.c)  # expect: 1 3
class U(S): pass
u = U()
u.anything = 'dict'
print(u.anything, u.__dict__, u.a)  # expect: dict {'anything': 'dict'} 1
class One:
    __slots__ = 'single'
o = One(); o.single = 1
print(o.single, type(S.a).__name__)  # expect: 1 member_descriptor
class Default:
    __slots__ = ()
    x = 'class level'
print(Default().x)  # expect: class level
