from contextlib import contextmanager
values = {'a': 1}
@contextmanager
def setting(**new):
    old = dict(values)
    values.update(new)
    try:
        yield values
    finally:
        values.clear()
        values.update(old)
with setting(b=2) as v:
    print(v)  # expect: {'a': 1, 'b': 2}
    with setting(a=10):
        print(values)  # expect: {'a': 10, 'b': 2}
    print(values)  # expect: {'a': 1, 'b': 2}
print(values)  # expect: {'a': 1}
try:
    with setting(c=3):
        raise RuntimeError('x')
except RuntimeError:
    print(values)  # expect: {'a': 1}
def f():
    with setting(d=4):
        return dict(values)
print(f(), values)  # expect: {'a': 1, 'd': 4} {'a': 1}
@contextmanager
def translate():
    try:
        yield
    except KeyError as e:
        raise LookupError('translated') from e
try:
    with translate(): {}['k']
except LookupError as e:
    print(e, repr(e.__cause__)[:8])  # expect: translated KeyError
@contextmanager
def returns(): 
    try: yield
    except Exception: return
with returns(): 1 / 0
print('suppressed by return')  # expect: suppressed by return
