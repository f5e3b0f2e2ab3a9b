import os
os.environ['LOCKWEAVE_TEST_A'] = '1'
print(os.environ['LOCKWEAVE_TEST_A'], os.environ.get('LOCKWEAVE_TEST_NOPE'), os.environ.get('LOCKWEAVE_TEST_NOPE', 'd'), 'LOCKWEAVE_TEST_A' in os.environ)
print(os.getenv('LOCKWEAVE_TEST_A'), os.environ.setdefault('LOCKWEAVE_TEST_B', '2'), os.environ.pop('LOCKWEAVE_TEST_B'))
del os.environ['LOCKWEAVE_TEST_A']
try:
    del os.environ['LOCKWEAVE_TEST_A']
except KeyError as e:
    print('KeyError', e)
try:
    os.environ['LOCKWEAVE_TEST_A']
except KeyError as e:
    print('KeyError', e)
try:
    os.environ['LOCKWEAVE_TEST_A'] = 5
except TypeError as e:
    print(e)
os.environ.update(LOCKWEAVE_TEST_C='c')
print(os.environ['LOCKWEAVE_TEST_C'], os.environ.pop('LOCKWEAVE_TEST_C', None), os.environ.pop('LOCKWEAVE_TEST_C', 'gone'))
# expect: 1 None d True
# expect: 1 2 2
# expect: KeyError 'LOCKWEAVE_TEST_A'
# expect: KeyError 'LOCKWEAVE_TEST_A'
# expect: str expected, not int
# expect: c c gone
