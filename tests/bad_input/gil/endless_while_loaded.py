BASED_ON = 'eager'


while True:
    pass
