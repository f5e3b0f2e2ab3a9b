e = 'before'
try:
    raise ValueError('x')
except ValueError as e:
    print(e)  # expect: x
try:
    e
except NameError as error:
    print('e is gone')  # expect: e is gone
def f():
    try:
        raise ValueError
    except ValueError as err:
        pass
    try:
        err
    except UnboundLocalError:
        return 'unbound'
print(f())  # expect: unbound
def g():
    try:
        raise ValueError('kept')
    except ValueError as err:
        saved = err
        del err
    return saved
print(g())  # expect: kept
def h():
    for i in range(2):
        try:
            raise ValueError(i)
        except ValueError as err:
            if i == 0: continue
            err = 'rebound'
    return 'err' in locals()
print(h())  # expect: False
