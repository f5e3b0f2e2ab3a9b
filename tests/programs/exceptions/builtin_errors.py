def show(f):
    try:
        f()
    except Exception as e:
        print('%s: %s' % (type(e).__name__, e))
show(lambda: 1 / 0)
show(lambda: 1 // 0)
show(lambda: {}['key'])
show(lambda: {}[1, 2])
show(lambda: [][0])
show(lambda: ()[5])
show(lambda: 'abc'[10])
show(lambda: [].pop())
show(lambda: {}.popitem())
show(lambda: set().pop())
show(lambda: set().remove('x'))
show(lambda: [1].remove(2))
show(lambda: int('x'))
show(lambda: int('12', 2))
show(lambda: float('y'))
show(lambda: undefined_name)
show(lambda: {[]: 1})
show(lambda: 'a'.join([1]))
show(lambda: [1, 2]['x'])
show(lambda: max([]) if False else [].index(3) if False else chr(-1))
# expect: ZeroDivisionError: division by zero
# expect: ZeroDivisionError: integer division or modulo by zero
# expect: KeyError: 'key'
# expect: KeyError: (1, 2)
# expect: IndexError: list index out of range
# expect: IndexError: tuple index out of range
# expect: IndexError: string index out of range
# expect: IndexError: pop from empty list
# expect: KeyError: 'popitem(): dictionary is empty'
# expect: KeyError: 'pop from an empty set'
# expect: KeyError: 'x'
# expect: ValueError: list.remove(x): x not in list
# expect: ValueError: invalid literal for int() with base 10: 'x'
# expect: ValueError: invalid literal for int() with base 2: '12'
# expect: ValueError: could not convert string to float: 'y'
# expect: NameError: name 'undefined_name' is not defined
# expect: TypeError: unhashable type: 'list'
# expect: TypeError: sequence item 0: expected str instance, int found
# expect: TypeError: list indices must be integers or slices, not str
# expect: ValueError: chr() arg not in range(0x110000)
