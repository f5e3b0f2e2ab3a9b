"""A proposal of the discussion about Python without a GIL: to import an extension that does not declare that it needs no GIL is an error.

What its init function has done before is done.
"""

BASED_ON = 'none'


def PyImport_extension_loaded(tstate, name, gil_not_used):
    if not gil_not_used:
        raise ImportError(f'module {name!r} has not declared that it can run safely without the GIL')
