import pickle
import sys

for data in [b'', b'\x80', b'\x80\x04', b'K', b'N', b'ccollections\n', b'cnot_there\nx\n.', b'\x80\x04\x8c\x02__main__.', b'\x00.', b'.', b'(.', b'X\x05\x00\x00\x00ab.', b'I12',
             b'Iab\n.', b'h\x05.', b't.', b'\x80\tN.', b'\x80\x04K\x01K\x02\x93.', b'K\x01)\x81.', b'(K\x01K\x020.', b'(K\x01K\x021N.', b'K\x012\x86.', b'I00\n.', b'I007\n.',
             b'L12L\n.', b'L12\n.', b'\x8a\x00.', b'\x8a\x01\xff.', b'\x8b\x02\x00\x00\x00\x00\x01.', b'V\\u20ac\\x\xe9\n.', b'(lp0\nI1\nag0\n.', b'~.', b'\xff.']:
    try:
        print(data, pickle.loads(data))
    except Exception as error:
        print(data, type(error).__name__, error)
for text in ('abc', None, 5):
    try:
        pickle.loads(text)
    except TypeError as error:
        print(error)


def make():
    class Local:
        pass
    return Local


class Renamed:
    pass


old = Renamed


class Renamed:
    pass


for value in (make(), make()(), sys):
    try:
        print(pickle.dumps(value))
    except Exception as error:
        print(type(error).__name__, error)
for value in (old, old()):
    try:
        print(pickle.dumps(value))
    except pickle.PicklingError as error:
        print(str(error).partition(':')[2])
try:
    pickle.dumps(1, 99)
except ValueError as error:
    print(str(error)[:-2])
print([error.__mro__[1].__name__ for error in (pickle.PickleError, pickle.PicklingError, pickle.UnpicklingError)])
print(pickle.PicklingError.__module__)
# expect: b'' EOFError Ran out of input
# expect: b'\x80' UnpicklingError pickle data was truncated
# expect: b'\x80\x04' EOFError Ran out of input
# expect: b'K' UnpicklingError pickle data was truncated
# expect: b'N' EOFError Ran out of input
# expect: b'ccollections\n' UnpicklingError pickle data was truncated
# expect: b'cnot_there\nx\n.' ModuleNotFoundError No module named 'not_there'
# expect: b'\x80\x04\x8c\x02__main__.' UnpicklingError invalid load key, 'm'.
# expect: b'\x00.' UnpicklingError invalid load key, '\x00'.
# expect: b'.' UnpicklingError unpickling stack underflow
# expect: b'(.' UnpicklingError unexpected MARK found
# expect: b'X\x05\x00\x00\x00ab.' UnpicklingError pickle data was truncated
# expect: b'I12' UnpicklingError pickle data was truncated
# expect: b'Iab\n.' ValueError could not convert string to int
# expect[-3.8]: b'h\x05.' KeyError 5
# expect[3.9+]: b'h\x05.' UnpicklingError Memo value not found at index 5
# expect: b't.' UnpicklingError could not find MARK
# expect: b'\x80\tN.' ValueError unsupported pickle protocol: 9
# expect: b'\x80\x04K\x01K\x02\x93.' UnpicklingError STACK_GLOBAL requires str
# expect[-3.9]: b'K\x01)\x81.' UnpicklingError NEWOBJ class argument isn't a type object
# expect[3.10+]: b'K\x01)\x81.' UnpicklingError NEWOBJ class argument must be a type, not int
# expect: b'(K\x01K\x020.' 1
# expect: b'(K\x01K\x021N.' None
# expect: b'K\x012\x86.' (1, 1)
# expect: b'I00\n.' False
# expect: b'I007\n.' 7
# expect: b'L12L\n.' 12
# expect: b'L12\n.' 12
# expect: b'\x8a\x00.' 0
# expect: b'\x8a\x01\xff.' -1
# expect: b'\x8b\x02\x00\x00\x00\x00\x01.' 256
# expect: b'V\\u20ac\\x\xe9\n.' €\xé
# expect: b'(lp0\nI1\nag0\n.' [1]
# expect: b'~.' UnpicklingError invalid load key, '~'.
# expect: b'\xff.' UnpicklingError invalid load key, '\xff'.
# expect: a bytes-like object is required, not 'str'
# expect: a bytes-like object is required, not 'NoneType'
# expect: a bytes-like object is required, not 'int'
# expect[-3.12]: AttributeError Can't pickle local object 'make.<locals>.Local'
# expect[3.13+]: AttributeError Can't get local object 'make.<locals>.Local'
# expect[-3.12]: AttributeError Can't pickle local object 'make.<locals>.Local'
# expect[3.13+]: AttributeError Can't get local object 'make.<locals>.Local'
# expect[-3.7]: TypeError can't pickle module objects
# expect[3.8+]: TypeError cannot pickle 'module' object
# expect:  it's not the same object as __main__.Renamed
# expect:  it's not the same object as __main__.Renamed
# expect: pickle protocol must be <=
# expect: ['Exception', 'PickleError', 'PickleError']
# expect: _pickle
