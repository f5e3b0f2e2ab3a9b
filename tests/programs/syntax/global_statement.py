counter = 0
def bump():
    global counter, fresh
    counter += 1
    fresh = 'set in function'
bump()
bump()
print(counter, fresh)
def reader():
    return counter
counter = 100
print(reader())
def shadow():
    counter = -1
    return counter
print(shadow(), counter)
def outer():
    counter = 'outer'
    def inner():
        global counter
        counter = 'global'
    inner()
    return counter
print(outer(), counter)
def early():
    print(counter2)
try:
    early()
except NameError as error:
    print(error)
counter2 = 'late'
early()
# expect: 2 set in function
# expect: 100
# expect: -1 100
# expect: outer global
# expect: name 'counter2' is not defined
# expect: late
