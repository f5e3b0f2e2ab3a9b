def run(action):
    try:
        print('try')
        action()
    except ValueError as error:
        print('except', error)
    else:
        print('else')
    finally:
        print('finally')
def ok(): pass
def bad(): raise ValueError('bad')
def other(): raise KeyError('other')
run(ok)
run(bad)
try:
    run(other)
except KeyError as error:
    print('outer', error)
# expect: try
# expect: else
# expect: finally
# expect: try
# expect: except bad
# expect: finally
# expect: try
# expect: finally
# expect: outer 'other'
