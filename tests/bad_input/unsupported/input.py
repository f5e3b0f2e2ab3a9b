x = 1
line = input()
