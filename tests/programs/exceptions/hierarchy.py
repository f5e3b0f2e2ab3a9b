pairs = [(KeyError, LookupError), (IndexError, LookupError), (ZeroDivisionError, ArithmeticError),
         (OverflowError, ArithmeticError), (ModuleNotFoundError, ImportError), (NotImplementedError, RuntimeError),
         (RecursionError, RuntimeError), (UnboundLocalError, NameError), (FileNotFoundError, OSError),
         (TimeoutError, OSError), (UnicodeDecodeError, ValueError), (StopIteration, Exception),
         (KeyboardInterrupt, BaseException), (SystemExit, BaseException), (GeneratorExit, BaseException),
         (AssertionError, Exception), (AttributeError, Exception), (StopAsyncIteration, Exception)]
print(all(issubclass(a, b) for a, b in pairs))
print([a.__name__ for a, b in pairs if issubclass(a, Exception) is False])
print(issubclass(KeyboardInterrupt, Exception), IOError is OSError, EnvironmentError is OSError)
for kind in (IndexError, KeyError):
    try:
        raise kind('x')
    except LookupError as e:
        print(type(e).__name__, e)
print(issubclass(DeprecationWarning, Warning), issubclass(ImportWarning, Warning))
# expect: True
# expect: ['KeyboardInterrupt', 'SystemExit', 'GeneratorExit']
# expect: False True True
# expect: IndexError x
# expect: KeyError 'x'
# expect: True True
