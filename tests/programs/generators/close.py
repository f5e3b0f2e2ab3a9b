def g():
    try:
        yield 1
        yield 2
    except GeneratorExit:
        print('closing')
        raise
    finally:
        print('finally')
it = g()
next(it)
it.close()
it.close()
print(list(it))
g().close()
print('not started: nothing printed')
def stubborn():
    try:
        yield 1
    except GeneratorExit:
        yield 2
it = stubborn()
next(it)
try:
    it.close()
except RuntimeError as e:
    print(e)
it = g()
next(it)
del it
print('deleted')
def early():
    for x in g():
        return x
print(early())
# expect: closing
# expect: finally
# expect: []
# expect: not started: nothing printed
# expect: generator ignored GeneratorExit
# expect: closing
# expect: finally
# expect: deleted
# expect: closing
# expect: finally
# expect: 1
