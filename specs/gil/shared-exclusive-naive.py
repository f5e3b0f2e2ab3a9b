"""The first form of shared-exclusive.py that comes to mind: who holds it shared takes it exclusively, and waits for itself."""

BASED_ON = 'shared-exclusive'


def begin_exclusive():
    take_exclusive()
    _is_exclusive.set(True)


def end_exclusive():
    _is_exclusive.set(False)
    drop_exclusive()
