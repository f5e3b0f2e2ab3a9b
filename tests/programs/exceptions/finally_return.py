def swallow():
    try:
        raise ValueError
    finally:
        return 'finally wins'
def override():
    try:
        return 'try'
    finally:
        return 'finally'
def keeps():
    x = 'first'
    try:
        return x
    finally:
        x = 'changed too late'
def mutable():
    x = []
    try:
        return x
    finally:
        x.append('seen')
def handler():
    try:
        1 / 0
    except ZeroDivisionError:
        return 'handler'
    finally:
        print('after handler')
print(swallow(), override(), keeps(), mutable(), handler())
# expect: after handler
# expect: finally wins finally first ['seen'] handler
