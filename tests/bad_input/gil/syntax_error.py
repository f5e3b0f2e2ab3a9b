BASED_ON = 'eager'


def take_gil(:
    pass
