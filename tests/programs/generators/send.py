def averager():
    total, count, average = 0, 0, None
    while True:
        value = yield average
        if value is None:
            return total
        total += value
        count += 1
        average = total / count
it = averager()
print(next(it), it.send(10), it.send(20), it.send(3))  # expect: None 10.0 15.0 11.0
try:
    it.send(None)
except StopIteration as s:
    print('total', s.value)  # expect: total 33
def echo():
    received = []
    while len(received) < 3:
        received.append((yield len(received)))
    return received
it = echo()
try:
    it.send('too early')
except TypeError as e:
    print(e)  # expect: can't send non-None value to a just-started generator
print(it.send(None), it.send('a'), next(it))  # expect: 0 1 2
try:
    it.send('last')
except StopIteration as s:
    print(s.value)  # expect: ['a', None, 'last']
