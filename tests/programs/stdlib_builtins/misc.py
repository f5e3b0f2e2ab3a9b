print(callable(len), callable(int), callable(5), id(None) == id(None), hash('x') == hash('x'), repr(len), len.__name__)
print(list(map(type, [1, 'a', 1.0, None, [], {}])) == [int, str, float, type(None), list, dict])
print(all(isinstance(x, type) for x in (int, str, list, dict, set, tuple, object, Exception)), dir(type('C', (), {'zz': 1}))[-1])
x = object()
print(x == x, x == object(), x != x, isinstance(x, object), bool(x), hash(x) == hash(x))
print(locals() is globals(), sorted(vars()) == sorted(globals()), __name__, 'x' in globals())
def f(a, b=2):
    c = 3
    return sorted(locals().items())
print(f(1), [abs(n) for n in (-1, 2.5)], sum(map(len, ['ab', 'c'])), str(NotImplemented), Ellipsis, ...)
globals()['dynamic'] = 'made'
print(dynamic)
print(format(12, '>5'), bin(3), chr(65), ord('B'), hex(17), round(2.567, 1), pow(2, 3), divmod(9, 4), ascii('a'), min(3, 2))
print(input.__name__, type(range(1)).__name__, type(iter([])).__name__, type(zip()).__name__, type(map(int, [])).__name__)
try:
    print(undefined)
except NameError as e:
    print(e)
try:
    int.nope
except AttributeError as e:
    print(e)
# expect: True True False True True <built-in function len> len
# expect: True
# expect: True zz
# expect: True False False True True True
# expect: True True __main__ True
# expect: [('a', 1), ('b', 2), ('c', 3)] [1, 2.5] 3 NotImplemented Ellipsis Ellipsis
# expect: made
# expect:    12 0b11 A 66 0x11 2.6 8 (2, 1) 'a' 2
# expect: input range list_iterator zip map
# expect: name 'undefined' is not defined
# expect: type object 'int' has no attribute 'nope'
