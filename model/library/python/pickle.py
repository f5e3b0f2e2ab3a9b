"""pickle: the functions on bytes. What they do is _pickle's."""

from _pickle import DEFAULT_PROTOCOL, HIGHEST_PROTOCOL, PickleError, PicklingError, UnpicklingError, dumps, loads

__all__ = ['PickleError', 'PicklingError', 'UnpicklingError', 'dumps', 'loads']
