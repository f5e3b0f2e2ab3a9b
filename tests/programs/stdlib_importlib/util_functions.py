import importlib.util
import sys
print(importlib.util.resolve_name('.a', 'b'), importlib.util.cache_from_source('a/b.py') == 'a/__pycache__/b.' + sys.implementation.cache_tag + '.pyc')
print(importlib.util.source_from_cache('a/__pycache__/b.cpython-38.pyc'), importlib.util.decode_source(b'a\r\nb'))
print(importlib.util.MAGIC_NUMBER)
print(importlib.util.decode_source(b"\xef\xbb\xbfa = 1\rb"))
for p in ('b.pyc', 'a/__pycache__/b.x.y.z.pyc', '__pycache__/b.cpython-38.opt-1.pyc', '__pycache__/b.cpython-38.opt-.pyc','__pycache__/b.cpython-38.foo.pyc'):
    try: print(importlib.util.source_from_cache(p))
    except ValueError as e: print(e)
# expect: b.a True
# expect: a/b.py a
# expect: b
# expect[-3.6]: b'3\r\r\n'
# expect[3.7]: b'B\r\r\n'
# expect[3.8]: b'U\r\r\n'
# expect[3.9]: b'a\r\r\n'
# expect[3.10]: b'o\r\r\n'
# expect[3.11]: b'\xa7\r\r\n'
# expect[3.12]: b'\xcb\r\r\n'
# expect[3.13+]: b'\xf3\r\r\n'
# expect: a = 1
# expect: b
# expect: __pycache__ not bottom-level directory in 'b.pyc'
# expect: expected only 2 or 3 dots in 'b.x.y.z.pyc'
# expect: b.py
# expect: optimization level 'opt-' is not an alphanumeric value
# expect: optimization portion of filename does not start with 'opt-'
