# requires: 3.9
print('test_name'.removeprefix('test_'), 'name.py'.removesuffix('.py'), 'abc'.removeprefix('x'), repr('a'.removesuffix('')))
print({'a': 1} | {'b': 2, 'a': 3})
d = {'x': 1}
d |= {'y': 2}
print(d)
# expect: name name abc 'a'
# expect: {'a': 3, 'b': 2}
# expect: {'x': 1, 'y': 2}
