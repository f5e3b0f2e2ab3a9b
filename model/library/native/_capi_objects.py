"""What C code does with Python's objects, for capi.py. Each call is one operation on its object: with a GIL nobody comes in between, and without one
the object's own lock, or the way it is written, sees to that. Between two calls nothing does.

A borrowed reference keeps nothing alive. Here it is an object that knows the other one weakly; Py_INCREF makes it a reference of one's own. Numbers,
strings and what else has no weak references are taken to live for ever.
"""

import _lockweave
import _weakref
import sys


class BorrowedReference:
    def __init__(self, to):
        self._count = 0
        self._own = None
        self._immortal = None
        self._weak = None
        try:
            self._weak = _weakref.ref(to)
        except TypeError:
            if isinstance(to, (list, dict, set, tuple)):
                _lockweave.unsupported(f'a borrowed reference to a {type(to).__name__}')
            self._immortal = to


def _object(given, what):
    """What a C function is given: an object, or a borrowed reference to one that should still be there."""
    if type(given) is not BorrowedReference:
        return given
    if given._weak is None:
        return given._immortal
    found = given._weak()
    if found is None:
        _lockweave.fatal_error(f'undefined behaviour: {what} with an object that has been freed')
    return found


def Py_INCREF(reference):
    found = _object(reference, 'Py_INCREF')
    if type(reference) is BorrowedReference:
        reference._own = found
        reference._count += 1


def Py_DECREF(reference):
    if type(reference) is BorrowedReference and reference._count > 0:
        reference._count -= 1
        if reference._count == 0:
            reference._own = None


def Py_NewRef(reference):
    return _object(reference, 'Py_NewRef')


def PyList_Size(items):
    return list.__len__(items)


def PyList_GetItem(items, index):
    """A borrowed reference."""
    return BorrowedReference(list.__getitem__(items, index))


def PyList_GetItemRef(items, index):
    """3.13: a reference of the caller's own."""
    return list.__getitem__(items, index)


def PyList_SetItem(items, index, item):
    list.__setitem__(items, index, _object(item, 'PyList_SetItem'))


def PyList_Append(items, item):
    list.append(items, _object(item, 'PyList_Append'))


def PyDict_Contains(table, key):
    return 1 if key in table else 0


def PyDict_GetItem(table, key):
    """A borrowed reference, or NULL."""
    found = dict.get(table, key, _lockweave.missing)
    return None if found is _lockweave.missing else BorrowedReference(found)


def PyDict_GetItemRef(table, key):
    """3.13: a reference of the caller's own, or NULL."""
    return dict.get(table, key)


def PyDict_SetItem(table, key, value):
    dict.__setitem__(table, key, _object(value, 'PyDict_SetItem'))


def PyDict_SetDefaultRef(table, key, value):
    """3.13: looks and inserts in one operation; what is there afterwards."""
    return dict.setdefault(table, key, value)


def PyObject_CallNoArgs(function):
    return _object(function, 'PyObject_CallNoArgs')()


def PyObject_CallOneArg(function, argument):
    return _object(function, 'PyObject_CallOneArg')(_object(argument, 'PyObject_CallOneArg'))


def PyObject_GetAttrString(o, name):
    return getattr(_object(o, 'PyObject_GetAttrString'), name)


def PyModule_New(name):
    return type(sys)(name)


def PyErr_WarnEx(category, message):
    """Through the module warnings, if the program has it: its filters can make an error of it."""
    warnings = sys.modules.get('warnings')
    if warnings is not None:
        warnings.warn(message, category)


def PyGC_Collect():
    import gc
    return gc.collect()
