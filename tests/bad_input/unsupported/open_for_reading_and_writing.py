x = 1
f = open('main.py', 'r+')
