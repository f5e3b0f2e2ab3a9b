import threading
class Future:
    def __init__(self): self._done, self._result, self._error = threading.Event(), None, None
    def run(self, f, *args):
        try: self._result = f(*args)
        except BaseException as e: self._error = e
        finally: self._done.set()
    def result(self, timeout=None):
        if not self._done.wait(timeout): raise TimeoutError('not yet')
        if self._error: raise self._error
        return self._result
def submit(f, *args):
    future = Future()
    threading.Thread(target=future.run, args=(f,) + args).start()
    return future
print(submit(pow, 2, 5).result(), [submit(lambda x: x * 2, i).result() for i in range(3)])
try:
    submit(lambda: {}['missing']).result()
except KeyError as e:
    print('KeyError', e)
try:
    Future().result(timeout=0.001)
except TimeoutError as e:
    print(e)
# expect: 32 [0, 2, 4]
# expect: KeyError 'missing'
# expect: not yet
