"""gc: reference counts free nearly everything; cycles are collected only by collect()."""

import _lockweave

garbage = []
callbacks = []
_enabled = [True]


def collect(generation=2):
    found = _lockweave.collect()  # finalisers run when it returns
    if found:
        _lockweave.collect()
    return found


def enable():
    _enabled[0] = True


def disable():
    _enabled[0] = False


def isenabled():
    return _enabled[0]


def freeze():
    pass


def unfreeze():
    pass


def get_threshold():
    return (700, 10, 10)


def set_threshold(*thresholds):
    pass
