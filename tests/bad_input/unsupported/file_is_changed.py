# With the short finder nothing that is written could be imported; finder = "files" says otherwise.
with open('new.py', 'w') as file:
    file.write('x = 1')
