BASED_ON = 'eager'


def take_gil(tstate):
    Atomic(0).wait(0)
