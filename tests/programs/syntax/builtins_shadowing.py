import builtins
len = lambda x: 'shadow'
print(len([1]))  # expect: shadow
del len
print(len([1]))  # expect: 1
builtins.extra = 42
print(extra)  # expect: 42
del builtins.extra
try:
    extra
except NameError as error:
    print(error)  # expect: name 'extra' is not defined
def f(list=list):
    return list('ab')
print(f())  # expect: ['a', 'b']
print(builtins.max is max, 'print' in dir(builtins))  # expect: True True
old = builtins.abs
builtins.abs = lambda x: 'patched'
print(abs(-1))  # expect: patched
builtins.abs = old
print(abs(-1))  # expect: 1
