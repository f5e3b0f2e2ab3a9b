import os
before = len(os.environ)
os.environ['LOCKWEAVE_MAP'] = 'v'
print(len(os.environ) - before, 'LOCKWEAVE_MAP' in list(os.environ), ('LOCKWEAVE_MAP', 'v') in os.environ.items(), os.environ.copy()['LOCKWEAVE_MAP'])
print(type(os.environ.copy()).__name__, os.environ.get('LOCKWEAVE_MAP'), os.getenv('LOCKWEAVE_NOT', 'fallback'))
del os.environ['LOCKWEAVE_MAP']
print(len(os.environ) - before)
try:
    os.environ[5] = 'x'
except TypeError as e:
    print(e)
print(os.path.join('a', 'b'), os.path.basename('x/y.py'), os.sep)
# expect: 1 True True v
# expect: dict v fallback
# expect: 0
# expect: str expected, not int
# expect: a/b y.py /
