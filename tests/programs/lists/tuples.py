t = (1, 'a', None)
print(t, t[0], t[-1], t[1:], len(t), 'a' in t, t + (2,), t * 2, t.index('a'), t.count(1))
print((1,), (), tuple(), tuple('ab'), tuple([1, 2]), tuple(range(3)), (1, 2) == (1, 2), (1, 2) < (1, 3), (1,) < (1, 0))
print(hash((1, 2)) == hash((1, 2)), {(1, 2): 'v'}[1, 2], {(1, (2, 3))} == {(1, (2, 3))})
try:
    t[0] = 5
except TypeError as e:
    print(e)
try:
    {([],): 1}
except TypeError as e:
    print(e)
x = 1, 2
a, b = x
print(type(x).__name__, a, b, (lambda *a: a)(*x), tuple(reversed(x)), sorted((3, 1, 2)), max((1, 5), (2, 0)))
print(isinstance(x, tuple), x is x[:], bool(()), bool((0,)), ((1)), ((1,),), repr((1, 'x')), str(()))
# expect: (1, 'a', None) 1 None ('a', None) 3 True (1, 'a', None, 2) (1, 'a', None, 1, 'a', None) 1 1
# expect: (1,) () () ('a', 'b') (1, 2) (0, 1, 2) True True True
# expect: True v True
# expect: 'tuple' object does not support item assignment
# expect: unhashable type: 'list'
# expect: tuple 1 2 (1, 2) (2, 1) [1, 2, 3] (2, 0)
# expect: True True False True 1 ((1,),) (1, 'x') ()
