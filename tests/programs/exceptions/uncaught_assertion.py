balance = 10
def withdraw(n):
    global balance
    assert n <= balance, 'balance %d is less than %d' % (balance, n)
    balance -= n
withdraw(4)
print(balance)  # expect: 6
withdraw(7)
print('never')
# expect-exception: AssertionError
