BASED_ON = 'eager'


def Py_Initialize():
    Py_FatalError('not today')
