# What may not be assigned: another class of another layout, a function's name, an exception's cause.
import sys


def attempt(change):
    try:
        change()
        print('done')
    except Exception as error:
        print(type(error).__name__, error)


class Meta(type): pass
class OtherMeta(type): pass
class Plain: pass
class Child(Plain): pass
class WithMeta(metaclass=Meta): pass
class Number(int): pass
class SlotsA: __slots__ = ('a',)
class SlotsAToo: __slots__ = ('a',)
class SlotsB: __slots__ = ('b',)
class Module(type(sys)): pass


attempt(lambda: setattr(Plain, '__class__', Meta))
attempt(lambda: setattr(WithMeta, '__class__', OtherMeta))
attempt(lambda: setattr(WithMeta, '__class__', type))
attempt(lambda: setattr(Plain(), '__class__', int))
attempt(lambda: setattr(Plain(), '__class__', 3))
attempt(lambda: setattr(Plain(), '__class__', Number))
attempt(lambda: setattr(Plain(), '__class__', Child))
attempt(lambda: setattr(SlotsA(), '__class__', SlotsAToo))
attempt(lambda: setattr(SlotsA(), '__class__', SlotsB))
attempt(lambda: setattr(SlotsA(), '__class__', Plain))
attempt(lambda: setattr([], '__class__', Plain))
attempt(lambda: delattr(Plain(), '__class__'))
made = type(sys)('made')
made.__class__ = Module
print(type(made) is Module)


def function(a=1):
    """text"""


attempt(lambda: delattr(function, '__name__'))
attempt(lambda: setattr(function, '__qualname__', 3))
attempt(lambda: setattr(function, '__defaults__', 3))
del function.__doc__, function.__defaults__
print(function.__doc__, function.__defaults__)

error = ValueError()
attempt(lambda: setattr(error, '__cause__', 3))
attempt(lambda: delattr(error, '__cause__'))
print(error.__suppress_context__)
error.__cause__ = None
print(error.__suppress_context__)
# expect[-3.9]: TypeError __class__ assignment only supported for heap types or ModuleType subclasses
# expect[3.10+]: TypeError __class__ assignment only supported for mutable types or ModuleType subclasses
# expect: done
# expect[-3.9]: TypeError __class__ assignment only supported for heap types or ModuleType subclasses
# expect[3.10+]: TypeError __class__ assignment only supported for mutable types or ModuleType subclasses
# expect[-3.9]: TypeError __class__ assignment only supported for heap types or ModuleType subclasses
# expect[3.10+]: TypeError __class__ assignment only supported for mutable types or ModuleType subclasses
# expect: TypeError __class__ must be set to a class, not 'int' object
# expect: TypeError __class__ assignment: 'Number' object layout differs from 'Plain'
# expect: done
# expect: done
# expect: TypeError __class__ assignment: 'SlotsB' object layout differs from 'SlotsA'
# expect: TypeError __class__ assignment: 'Plain' object layout differs from 'SlotsA'
# expect[-3.9]: TypeError __class__ assignment only supported for heap types or ModuleType subclasses
# expect[3.10+]: TypeError __class__ assignment only supported for mutable types or ModuleType subclasses
# expect: TypeError can't delete __class__ attribute
# expect: True
# expect: TypeError __name__ must be set to a string object
# expect: TypeError __qualname__ must be set to a string object
# expect: TypeError __defaults__ must be set to a tuple object
# expect: None None
# expect: TypeError exception cause must be None or derive from BaseException
# expect: TypeError __cause__ may not be deleted
# expect: False
# expect: True
