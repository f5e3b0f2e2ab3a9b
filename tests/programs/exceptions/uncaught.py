def f(n):
    if n == 0:
        raise LookupError('nobody catches this')
    f(n - 1)
print('before')  # expect: before
try:
    f(2)
finally:
    print('finally runs')  # expect: finally runs
# expect-exception: LookupError
