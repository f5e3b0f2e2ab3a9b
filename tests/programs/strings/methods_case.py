s = 'Hello World'
print(s.upper(), s.lower(), s.swapcase(), s.title(), 'hello WORLD'.capitalize(), 'ß'.casefold())
print(s.islower(), 'abc'.islower(), 'ABC'.isupper(), 'Title Case'.istitle())
print('123'.isdigit(), '12a'.isdigit(), ''.isdigit(), 'abc'.isalpha(), 'a1'.isalnum(), ' \t\n'.isspace())
print('name_1'.isidentifier(), '1name'.isidentifier(), '12'.isdecimal(), '12'.isnumeric())
print(s.startswith('Hell'), s.startswith(('x', 'H')), s.endswith('ld'), s.startswith('World', 6), s.endswith('o', 0, 5))
# expect: HELLO WORLD hello world hELLO wORLD Hello World Hello world ss
# expect: False True True True
# expect: True False False True True True
# expect: True False True True
# expect: True True True True True
