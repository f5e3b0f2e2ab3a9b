order = []
def level(n):
    try:
        if n == 0: raise ValueError('bottom')
        level(n - 1)
    except ValueError:
        order.append('except %d' % n)
        if n == 2: return 'stopped at 2'
        raise
    finally:
        order.append('finally %d' % n)
    return 'not reached by failure %d' % n
print(level(4), order)
del order[:]
def loop():
    for i in range(3):
        try:
            try:
                if i == 1: raise KeyError(i)
            finally:
                order.append(('inner', i))
        except KeyError:
            order.append(('caught', i))
            continue
        order.append(('end', i))
loop()
print(order)
def returns_in_all():
    for x in (1, 2):
        try:
            return 'try %d' % x
        except Exception:
            return 'except'
        finally:
            if x == 1: continue_flag.append(x)
continue_flag = []
print(returns_in_all(), continue_flag)
# expect: not reached by failure 4 ['except 0', 'finally 0', 'except 1', 'finally 1', 'except 2', 'finally 2', 'finally 3', 'finally 4']
# expect: [('inner', 0), ('end', 0), ('inner', 1), ('caught', 1), ('inner', 2), ('end', 2)]
# expect: try 1 [1]
