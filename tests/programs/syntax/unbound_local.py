x = 'global'
def f():
    try:
        print(x)
    except UnboundLocalError as error:
        print(type(error).__name__, issubclass(UnboundLocalError, NameError))
    x = 'local'
    print(x)
f()
def g(flag):
    if flag:
        y = 1
    return y
print(g(True))
try:
    g(False)
except UnboundLocalError:
    print('unbound')
def h():
    for i in []:
        pass
    try:
        i
    except UnboundLocalError:
        print('loop variable unbound')
h()
def outer():
    def inner():
        return later
    try:
        inner()
    except NameError as error:
        print(type(error).__name__)
    later = 'now'
    return inner()
print(outer())
# expect: UnboundLocalError True
# expect: local
# expect: 1
# expect: unbound
# expect: loop variable unbound
# expect: NameError
# expect: now
