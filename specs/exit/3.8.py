"""The end of 3.8: modules are cleared in the opposite order, importlib last. An import in a `__del__` finds no finders, but takes the module's lock first."""


def in_clearing_order(references):
    return references[::-1]
