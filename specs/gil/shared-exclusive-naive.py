"""The first form of shared-exclusive.py that comes to mind: who holds it shared takes it exclusively, and waits for itself."""

BASED_ON = 'shared-exclusive'


def to_exclusive():
    take_exclusive()


def to_shared():
    drop_exclusive()
