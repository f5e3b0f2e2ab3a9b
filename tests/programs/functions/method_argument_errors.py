class C:
    def m(self, x): pass
    @classmethod
    def c(cls): pass
    @staticmethod
    def s(a): pass
    def __init__(self, n=1): pass
def check(call):
    try:
        call()
        print('fine')
    except TypeError as error:
        print(str(error).replace('C.', ''))
check(lambda: C().m())
check(lambda: C().m(1, 2))
check(lambda: C.c(1))
check(lambda: C.s())
check(lambda: C(1, 2))
check(lambda: C(n=5))
check(lambda: C(k=5))
check(lambda: C.m(1))
check(lambda: C().m(x=1))
# expect: m() missing 1 required positional argument: 'x'
# expect: m() takes 2 positional arguments but 3 were given
# expect: c() takes 1 positional argument but 2 were given
# expect: s() missing 1 required positional argument: 'a'
# expect: __init__() takes from 1 to 2 positional arguments but 3 were given
# expect: fine
# expect: __init__() got an unexpected keyword argument 'k'
# expect: m() missing 1 required positional argument: 'x'
# expect: fine
