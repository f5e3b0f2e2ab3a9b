log = []
class L:
    def __init__(self, n): self.n = n
    def __str__(self): log.append('str %s' % self.n); return 's' + self.n
    def __repr__(self): log.append('repr %s' % self.n); return 'r' + self.n
    def __format__(self, spec): log.append('format %s' % self.n); return 'f' + self.n
print(f'{L("1")} {L("2")!r} {L("3")!s} {L("4"):x}')
print(log)
def f(): return 'before'
g = f'{f()}'
def f(): return 'after'
print(g, f'{f()}')
x = 'outer'
def scope():
    x = 'inner'
    return f'{x}', [f'{x}{i}' for i in range(2)], (lambda: f'{x}')()
print(scope())
try:
    f'{undefined}'
except NameError as e:
    print(e)
print(f'{"a" "b"}', f"{'quote'}", f'{3 != 4}', f'{3 == 3}', f'{x if x else "no"}')
print('%s %s' % (f'{1}', '{}'.format(f'{2}')))
# expect: f1 r2 s3 f4
# expect: ['format 1', 'repr 2', 'str 3', 'format 4']
# expect: before after
# expect: ('inner', ['inner0', 'inner1'], 'inner')
# expect: name 'undefined' is not defined
# expect: ab quote True True outer
# expect: 1 2
