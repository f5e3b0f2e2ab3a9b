class C:
    x = 1
c = C()
setattr(c, 'y', 2)
print(getattr(c, 'x'), getattr(c, 'y'), getattr(c, 'z', None), hasattr(c, 'z'))
delattr(c, 'y')
print(hasattr(c, 'y'))
for bad in (lambda: getattr(c, 'zz'), lambda: C.nope, lambda: (5).nope,
            lambda: 'abc'.nope, lambda: None.nope, lambda: [].nope):
    try:
        bad()
    except AttributeError as error:
        print(error)
print(vars(c), 'x' in dir(c), 'x' in vars(C))
try:
    (5).x = 1
except AttributeError:
    print('no attributes on int')
setattr(c, 'not an identifier', 3)
print(getattr(c, 'not an identifier'))
# expect: 1 2 None False
# expect: False
# expect: 'C' object has no attribute 'zz'
# expect: type object 'C' has no attribute 'nope'
# expect: 'int' object has no attribute 'nope'
# expect: 'str' object has no attribute 'nope'
# expect: 'NoneType' object has no attribute 'nope'
# expect: 'list' object has no attribute 'nope'
# expect: {} True True
# expect: no attributes on int
# expect: 3
