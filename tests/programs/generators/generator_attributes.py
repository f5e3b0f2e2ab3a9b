def g():
    yield it.gi_running
it = g()
print(it.gi_frame is not None, it.gi_running, it.gi_code.co_name, it.__name__)  # expect: True False g g
print(next(it))  # expect: True
print(list(it), it.gi_frame)  # expect: [] None
def reenter():
    try:
        next(me)
    except ValueError as e:
        yield str(e)
me = reenter()
print(next(me))  # expect: generator already executing
class C:
    def items(self):
        yield self
        yield from self.more()
    def more(self):
        yield 'more'
c = C()
print([x is c or x for x in c.items()])  # expect: [True, 'more']
lam = lambda: (yield 5)
print(list(lam()))  # expect: [5]
