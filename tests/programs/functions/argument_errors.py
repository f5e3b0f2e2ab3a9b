def f(a, b, c=0): pass
def g(*, key): pass
def none(): pass
def check(call):
    try:
        call()
    except TypeError as error:
        print(error)
check(lambda: f())
check(lambda: f(1))
check(lambda: f(1, 2, 3, 4))
check(lambda: f(1, 2, d=3))
check(lambda: f(1, 2, a=3))
check(lambda: g())
check(lambda: none(1))
check(lambda: none(x=1))
check(lambda: g(1, key=2))
check(lambda: 3())
check(lambda: None())
# expect: f() missing 2 required positional arguments: 'a' and 'b'
# expect: f() missing 1 required positional argument: 'b'
# expect: f() takes from 2 to 3 positional arguments but 4 were given
# expect: f() got an unexpected keyword argument 'd'
# expect: f() got multiple values for argument 'a'
# expect: g() missing 1 required keyword-only argument: 'key'
# expect: none() takes 0 positional arguments but 1 was given
# expect: none() got an unexpected keyword argument 'x'
# expect: g() takes 0 positional arguments but 1 positional argument (and 1 keyword-only argument) were given
# expect: 'int' object is not callable
# expect: 'NoneType' object is not callable
