def f(a, b=1):
    """Doc text."""
    return a
f.calls = 0
f.calls += 1
print(f.calls, f.__name__, f.__doc__, f.__defaults__, f.__qualname__)
f.__name__ = 'renamed'
print(f.__name__, f.__dict__)
class C:
    def method(self):
        "Method doc"
print(C.method.__qualname__, C().method.__doc__, C.method.__name__)
def outer():
    def inner(): pass
    return inner
print(outer().__qualname__, (lambda: 0).__name__)
print(f.__code__.co_name, f.__code__.co_varnames, f.__code__.co_argcount, f.__module__)
del f.calls
print(hasattr(f, 'calls'), callable(f), callable(3))
print(f.__globals__ is globals(), outer.__closure__)
# expect: 1 f Doc text. (1,) f
# expect: renamed {'calls': 1}
# expect: C.method Method doc method
# expect: outer.<locals>.inner <lambda>
# expect: f ('a', 'b') 2 __main__
# expect: False True False
# expect: True None
