from contextlib import suppress, closing, ExitStack
with suppress(KeyError, ValueError):
    {}['x']
print('after suppress')
try:
    with suppress(KeyError): 1 / 0
except ZeroDivisionError as e:
    print(type(e).__name__)
class R:
    def __init__(self, n): self.n = n
    def close(self): print('close', self.n)
with closing(R(1)) as r: print('using', r.n)
with ExitStack() as stack:
    stack.enter_context(closing(R(2)))
    stack.callback(print, 'callback')
    stack.enter_context(closing(R(3)))
    print('body')
# expect: after suppress
# expect: ZeroDivisionError
# expect: using 1
# expect: close 1
# expect: body
# expect: close 3
# expect: callback
# expect: close 2
