class D:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
def f():
    d = D('local of f')
    raise ValueError('kept')
saved = None
try:
    f()
except ValueError as e:
    saved = e
print('exception saved, frame alive')
saved = None
print('exception dropped')
try:
    f()
except ValueError as e:
    e.__traceback__ = None
    print('traceback cut')
class E(Exception):
    def __init__(self, held): self.held = held
try:
    raise E(D('held by exception'))
except E:
    print('caught')
print('end')
# expect: exception saved, frame alive
# expect: del local of f
# expect: exception dropped
# expect[-3.10]: traceback cut
# expect[3.11+]: del local of f
# expect[-3.10]: del local of f
# expect[3.11+]: traceback cut
# expect: caught
# expect: del held by exception
# expect: end
