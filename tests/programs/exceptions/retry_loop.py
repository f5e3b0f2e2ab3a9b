attempts = []
def flaky():
    attempts.append(len(attempts))
    if len(attempts) < 3:
        raise OSError('attempt %d' % len(attempts))
    return 'ok'
def retry(f, times, catch=Exception):
    last = None
    for n in range(times):
        try:
            return f()
        except catch as e:
            last = e
            print('failed:', e)
    raise RuntimeError('gave up') from last
print(retry(flaky, 5, OSError))
del attempts[:]
try:
    retry(flaky, 2)
except RuntimeError as e:
    print(e, '<-', e.__cause__)
try:
    retry(flaky, 1, KeyError) if False else retry(lambda: {}['x'], 1, OSError)
except KeyError as e:
    print('KeyError', e)
# expect: failed: attempt 1
# expect: failed: attempt 2
# expect: ok
# expect: failed: attempt 1
# expect: failed: attempt 2
# expect: gave up <- attempt 2
# expect: KeyError 'x'
