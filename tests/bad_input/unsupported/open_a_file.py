x = 1
f = open('data.txt')
