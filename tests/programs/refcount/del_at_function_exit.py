class D:
    def __init__(self, name): self.name = name
    def __del__(self): print('del', self.name)
def returns():
    d = D('returned')
    e = D('not returned')
    return d
r = returns()
print('have', r.name)
r = None
def args(x):
    print('in', x.name)
    del x
    print('deleted the parameter')
d = D('arg')
args(d)
print('caller still has it')
del d
args(D('only argument'))
def loop():
    for i in range(2):
        d = D('loop %d' % i)
        print('made', i)
    print('after loop')
loop()
def raising():
    d = D('in raising')
    raise ValueError('x')
try:
    raising()
except ValueError:
    print('handler')
print('after handler')
# expect: del not returned
# expect: have returned
# expect: del returned
# expect: in arg
# expect: deleted the parameter
# expect: caller still has it
# expect: del arg
# expect: in only argument
# expect[-3.10]: deleted the parameter
# expect[3.11+]: del only argument
# expect[-3.10]: del only argument
# expect[3.11+]: deleted the parameter
# expect: made 0
# expect: del loop 0
# expect: made 1
# expect: after loop
# expect: del loop 1
# expect: handler
# expect: del in raising
# expect: after handler
