"""The end of 3.6 and 3.7: modules are cleared in the order in which they were imported, importlib first, so that no import goes well any more."""


def in_clearing_order(references):
    for name in ('_find_and_load', '_lock_unlock_module', '_handle_fromlist'):
        if hasattr(_import_c.importlib, name):
            setattr(_import_c.importlib, name, None)
    return references
