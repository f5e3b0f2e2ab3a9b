def numbers(n):
    for i in range(n):
        yield i
def evens(it):
    for x in it:
        if x % 2 == 0:
            yield x
def squares(it):
    return (x * x for x in it)
print(list(squares(evens(numbers(10)))))  # expect: [0, 4, 16, 36, 64]
def chunks(it, n):
    chunk = []
    for x in it:
        chunk.append(x)
        if len(chunk) == n:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
print(list(chunks(range(7), 3)))  # expect: [[0, 1, 2], [3, 4, 5], [6]]
def take(n, it):
    return [x for _, x in zip(range(n), it)]
def primes():
    found = []
    n = 2
    while True:
        if all(n % p for p in found):
            found.append(n)
            yield n
        n += 1
print(take(8, primes()))  # expect: [2, 3, 5, 7, 11, 13, 17, 19]
def tee_log(it, log):
    for x in it:
        log.append(x)
        yield x
log = []
print(sum(tee_log([1, 2, 3], log)), log)  # expect: 6 [1, 2, 3]
