def forever(n):
    return forever(n + 1)
try:
    forever(0)
except RecursionError as error:
    print(type(error).__name__, issubclass(RecursionError, RuntimeError))  # expect: RecursionError True
    print('maximum recursion depth exceeded' in str(error))  # expect: True
class Loop:
    def __getattr__(self, name):
        return getattr(self, name + 'x')
try:
    Loop().y
except RecursionError:
    print('attribute recursion')  # expect: attribute recursion
print('still fine')  # expect: still fine
