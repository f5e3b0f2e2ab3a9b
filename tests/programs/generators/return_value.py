def g():
    yield 1
    return 'value'
def wrap():
    result = yield from g()
    yield result
print(list(g()), list(wrap()))  # expect: [1] [1, 'value']
def drive(gen):
    values = []
    while True:
        try:
            values.append(next(gen))
        except StopIteration as s:
            return values, s.value
print(drive(g()), drive(wrap()))  # expect: ([1], 'value') ([1, 'value'], None)
def no_yield_taken(flag):
    if flag:
        return 'early'
    yield
print(drive(no_yield_taken(True)), drive(no_yield_taken(False)))  # expect: ([], 'early') ([None], None)
s = StopIteration('v')
print(s.value, s.args, StopIteration().value)  # expect: v ('v',) None
