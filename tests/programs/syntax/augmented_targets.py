log = []

class Box:
    def __init__(self):
        self.items = [0, 1, 2]
    def get(self, name):
        log.append(name)
        return self

box = Box()
box.get('a').items[len(log)] += 10
print(box.items, log)  # expect: [0, 11, 2] ['a']
box.items[0] = box.items[-1] = 7
print(box.items)  # expect: [7, 11, 7]
box.count = 1
box.count += 1
box.count <<= 4
print(box.count)  # expect: 32
table = {'k': [1]}
table['k'] += [2]
table['n'] = table.get('n', 0) + 1
print(table)  # expect: {'k': [1, 2], 'n': 1}
pair = ([],)
try:
    pair[0] += [1]
except TypeError as error:
    print(error)  # expect: 'tuple' object does not support item assignment
print(pair)  # expect: ([1],)
