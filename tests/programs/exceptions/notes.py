# requires: 3.11
e = ValueError('with a note')
e.add_note('first')
e.add_note('second')
print(e, e.__notes__)  # expect: with a note ['first', 'second']
try:
    raise e
except ValueError as caught:
    print(caught.__notes__[0])  # expect: first
