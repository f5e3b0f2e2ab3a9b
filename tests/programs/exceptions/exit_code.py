import sys
def f():
    try:
        sys.exit(3)
    finally:
        print('finally before exit')
try:
    f()
except SystemExit as e:
    print(e.code, repr(e))
try:
    sys.exit()
except SystemExit as e:
    print(e.code)
try:
    raise SystemExit('message')
except SystemExit as e:
    print(e.code)
try:
    sys.exit(1)
except Exception:
    print('never')
except BaseException as e:
    print(type(e).__name__)
print('then really')
sys.exit(0)
print('never')
# expect: finally before exit
# expect[-3.6]: 3 SystemExit(3,)
# expect[3.7+]: 3 SystemExit(3)
# expect: None
# expect: message
# expect: SystemExit
# expect: then really
