def f(x):
    try:
        if x == 1: raise ValueError('v')
        if x == 2: raise KeyboardInterrupt
        if x == 3: raise SystemExit(4)
    except Exception as e:
        return 'exception ' + str(e)
    except:
        return 'bare'
    return 'none'
print([f(x) for x in range(4)])  # expect: ['none', 'exception v', 'bare', 'bare']
def reraise():
    try:
        raise ValueError('original')
    except:
        raise
try:
    reraise()
except ValueError as e:
    print(e)  # expect: original
try:
    raise
except RuntimeError as e:
    print(e)  # expect: No active exception to reraise
def helper():
    raise
try:
    try:
        raise KeyError('deep')
    except KeyError:
        helper()
except KeyError as e:
    print('helper re-raised', e)  # expect: helper re-raised 'deep'
