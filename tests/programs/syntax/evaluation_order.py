log = []
def v(name, value=None):
    log.append(name)
    return value
def show():
    print(' '.join(log))
    del log[:]

v('f', lambda *a, **k: None)(v('a'), *v('b', []), c=v('c'), **v('d', {}))
show()
{v('k1', 1): v('v1'), v('k2', 2): v('v2')}
show()
v('l', [0, 1])[v('i', 0)] = v('value')
show()
x = v('left', 1) + v('right', 2) * v('third', 3)
show()
v('tgt', [0])[v('idx', 0)] += v('inc', 1)
show()
print(v('x', 1) if v('cond', True) else v('y'))
show()
a = b = v('once', 1)
show()
def d(x=v('default')): pass
show()
v('cmp1', 1) < v('cmp2', 0) < v('cmp3', 3)
show()
# expect: f a b c d
# expect: k1 v1 k2 v2
# expect: value l i
# expect: left right third
# expect: tgt idx inc
# expect: 1
# expect: cond x
# expect: once
# expect: default
# expect: cmp1 cmp2
