import sys
def f():
    raise ValueError('x')
def g():
    f()
try:
    g()
except ValueError as e:
    names = []
    tb = e.__traceback__
    while tb is not None:
        names.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    print(names)  # expect: [('<module>', 7), ('g', 5), ('f', 3)]
    print(sys.exc_info()[0] is ValueError, sys.exc_info()[1] is e)  # expect: True True
print(sys.exc_info())  # expect: (None, None, None)
try:
    raise KeyError('k').with_traceback(None)
except KeyError as e:
    print(e, e.__traceback__ is not None)  # expect: 'k' True
def nested():
    try:
        f()
    except ValueError:
        try:
            {}['y']
        except KeyError:
            inner = sys.exc_info()[0].__name__
        return inner, sys.exc_info()[0].__name__
print(nested(), sys.exc_info()[0])  # expect: ('KeyError', 'ValueError') None
