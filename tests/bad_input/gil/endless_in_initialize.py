BASED_ON = 'eager'


def Py_Initialize():
    while True:
        pass
