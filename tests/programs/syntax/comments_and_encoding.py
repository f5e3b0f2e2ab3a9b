# -*- coding: utf-8 -*-
# a comment with 'quotes" and (brackets
x = 1  # trailing
#comment without space
if x:
    # comment in a block
    y = 2

    # after an empty line
    z = 3
	# a comment may be indented by a tab
print(x, y, z)  # expect: 1 2 3
été = 'identifier with accents'
变量 = 2
print(été, 变量)  # expect: identifier with accents 2
s = 'not # a comment'
print(s)  # expect: not # a comment
def f(a,  # first
      b=2,  # second
      ):
    """Doc # string."""
    return a + b  # done
print(f(1), f.__doc__)  # expect: 3 Doc # string.
print('end')  # last line without newline  # expect: end
