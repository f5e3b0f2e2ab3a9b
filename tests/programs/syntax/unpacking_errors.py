def attempt(code):
    try:
        code()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

def too_many():
    a, b = 1, 2, 3

def too_few():
    a, b, c = 1, 2

def star_too_few():
    a, *b, c = [1]

def not_iterable():
    a, b = 5

for code in (too_many, too_few, star_too_few, not_iterable):
    attempt(code)
# expect: ValueError too many values to unpack (expected 2)
# expect: ValueError not enough values to unpack (expected 3, got 2)
# expect: ValueError not enough values to unpack (expected at least 2, got 1)
# expect[-3.6]: TypeError 'int' object is not iterable
# expect[3.7+]: TypeError cannot unpack non-iterable int object
