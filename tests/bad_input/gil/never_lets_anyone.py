BASED_ON = 'eager'

never = Atomic(0)


def PyEval_AcquireThread(tstate):
    never.wait(0)
