# Keys with __eq__ and __hash__ of their own are found under equal keys of other types, and these under them.
import enum


class Color(enum.IntEnum):
    RED = 1
    BLUE = 2


class Name:
    def __init__(self, text):
        self.text = text

    def __eq__(self, other):
        return self.text == (other.text if isinstance(other, Name) else other)

    def __hash__(self):
        return hash(self.text)

    def __repr__(self):
        return 'Name(%r)' % self.text


colors = {Color.RED: 'red'}
print(colors[1], colors.get(1), colors.get(2), 1 in colors, 2 in colors, True in colors)
print({1: 'one'}.get(Color.RED), Color.BLUE in {2}, 2 in {Color.BLUE}, 3 in {Color.BLUE})
colors[1] = 'other'
print(len(colors), list(colors)[0] is Color.RED, colors[Color.RED])
colors.update({1: 'third', 2: 'blue'})
print(len(colors), list(colors.items())[0][0] is Color.RED, colors.pop(1), colors.pop(1, None), len(colors))

names = {Name('a'): 1}
print(names['a'], 'a' in names, 'b' in names, names.setdefault('a', 2), names)
names['b'] = 2
print(names[Name('b')], names)
del names['a']
print(names)
try:
    names['a']
except KeyError as error:
    print('KeyError', error)
try:
    del names['a']
except KeyError as error:
    print('KeyError', error)

some = {Name('x'), 'y'}
some.add('x')
some.add(Name('y'))
print(len(some), 'x' in some, Name('y') in some)
some.discard('x')
print(some)
print(('a', 1) in {Name('a'): 1}.items(), 'a' in {Name('a'): 1}.keys())
# expect: red red None True False True
# expect: one True True False
# expect: 1 True other
# expect: 2 True third None 1
# expect: 1 True False 1 {Name('a'): 1}
# expect: 2 {Name('a'): 1, 'b': 2}
# expect: {'b': 2}
# expect: KeyError 'a'
# expect: KeyError 'a'
# expect: 2 True True
# expect: {'y'}
# expect: True True
