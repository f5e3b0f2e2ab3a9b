def account(balance):
    def deposit(n):
        nonlocal balance
        balance += n
    def withdraw(n):
        nonlocal balance
        if n > balance:
            raise ValueError('too much: %d > %d' % (n, balance))
        balance -= n
    def show():
        return balance
    return deposit, withdraw, show
d, w, s = account(5)
d(10)
w(3)
print(s())  # expect: 12
try:
    w(100)
except ValueError as error:
    print(error)  # expect: too much: 100 > 12
print(s())  # expect: 12
def pair():
    cell = []
    return (lambda x: cell.append(x)), (lambda: cell)
put, read = pair()
put(1); put(2)
print(read())  # expect: [1, 2]
