class M:
    def __init__(self, name, suppress=False): self.name, self.suppress = name, suppress
    def __enter__(self):
        print('enter', self.name)
        return self.name.upper()
    def __exit__(self, kind, value, tb):
        print('exit', self.name, kind.__name__ if kind else None, value, tb is not None)
        return self.suppress
with M('a') as a:
    print('body', a)
with M('a') as a, M('b') as b, M('c'):
    print(a, b)
with M('s', suppress=True):
    raise ValueError('suppressed')
print('went on')
try:
    with M('n'):
        raise KeyError('k')
except KeyError as e:
    print('caught', e)
with M('x') as (p), M('y'):
    pass
with M('outer', True):
    with M('inner'):
        1 / 0
    print('never')
class T:
    def __enter__(self): return 1, [2, 3]
    def __exit__(self, *a): pass
with T() as (u, [v, w]):
    print(u, v, w)
with T() as M.attr:
    print(M.attr)
# expect: enter a
# expect: body A
# expect: exit a None None False
# expect: enter a
# expect: enter b
# expect: enter c
# expect: A B
# expect: exit c None None False
# expect: exit b None None False
# expect: exit a None None False
# expect: enter s
# expect: exit s ValueError suppressed True
# expect: went on
# expect: enter n
# expect: exit n KeyError 'k' True
# expect: caught 'k'
# expect: enter x
# expect: enter y
# expect: exit y None None False
# expect: exit x None None False
# expect: enter outer
# expect: enter inner
# expect: exit inner ZeroDivisionError division by zero True
# expect: exit outer ZeroDivisionError division by zero True
# expect: 1 2 3
# expect: (1, [2, 3])
