from contextlib import contextmanager
@contextmanager
def tag(name):
    print('<%s>' % name)
    try:
        yield name.upper()
    except ValueError as e:
        print('suppressed', e)
    finally:
        print('</%s>' % name)
with tag('a') as v:
    print(v)
with tag('b'):
    raise ValueError('oops')
try:
    with tag('c'):
        raise KeyError('k')
except KeyError as e:
    print('out', e)
with tag('x'), tag('y') as y:
    print(y)
@contextmanager
def no_yield():
    if False: yield
try:
    with no_yield(): pass
except RuntimeError as e:
    print(e)
@contextmanager
def two(): yield 1; yield 2
try:
    with two(): pass
except RuntimeError as e:
    print(e)
@tag('decorator')
def f(): return 'called'
print(f(), tag.__name__)
# expect: <a>
# expect: A
# expect: </a>
# expect: <b>
# expect: suppressed oops
# expect: </b>
# expect: <c>
# expect: </c>
# expect: out 'k'
# expect: <x>
# expect: <y>
# expect: Y
# expect: </y>
# expect: </x>
# expect: generator didn't yield
# expect: generator didn't stop
# expect: <decorator>
# expect: </decorator>
# expect: called tag
