"""A proposal of the discussion about Python without a GIL: an extension that does not declare that it needs no GIL is loaded, with a warning."""

BASED_ON = 'none'


def PyImport_extension_loaded(tstate, name, gil_not_used):
    if not gil_not_used:
        PyErr_WarnEx(RuntimeWarning, f'module {name!r} has not declared that it can run safely without the GIL, and runs without it all the same.')
