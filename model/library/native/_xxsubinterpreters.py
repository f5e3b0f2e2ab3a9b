"""_xxsubinterpreters, 3.8 to 3.12 (Modules/_xxsubinterpretersmodule.c). Channels are not modelled."""

import _lockweave
import _subinterpreters

_version = _lockweave.version


class RunFailedError(RuntimeError):
    pass


class InterpreterID:
    def __init__(self, number):
        self._number = number

    def __int__(self):
        return self._number

    def __index__(self):
        return self._number

    def __eq__(self, other):
        if isinstance(other, (InterpreterID, int)):
            return self._number == int(other)
        return NotImplemented

    def __hash__(self):
        return hash(self._number)

    def __repr__(self):
        return f'InterpreterID({self._number})'

    def __str__(self):
        return str(self._number)


def create(isolated=True):
    return InterpreterID(_subinterpreters.create(True if isolated else False))


def destroy(id):
    _subinterpreters.destroy(_find(id))


def run_string(id, script, shared=None):
    if not isinstance(script, str):
        raise TypeError(f'run_string() argument 2 must be str, not {type(script).__name__}')
    record = _find(id)
    values = _shared(shared)
    if record.runs:
        raise RuntimeError('interpreter already running')
    failure = _subinterpreters.run(record, script, values)
    if failure is not None:
        module, name, words = failure
        shown = name if module == 'builtins' else f'{module}.{name}'
        raise RunFailedError(f"<class '{shown}'>: {words}")


def _shared(given):
    if not given:
        return None
    for value in given.values():
        if not _subinterpreters.is_shareable(value):
            raise ValueError(f'{value!r} does not support cross-interpreter data')
    return dict(given)


def is_shareable(obj):
    return _subinterpreters.is_shareable(obj)


def is_running(id):
    return _find(id).runs


def list_all():
    return [InterpreterID(number) for number in _subinterpreters.list_all()]


def get_current():
    return InterpreterID(_lockweave.interpreter())


def get_main():
    return InterpreterID(0)


def _find(id):
    if not isinstance(id, (InterpreterID, int)):
        raise TypeError(f'interpreter ID must be an int, got {type(id).__name__}')
    record = _subinterpreters.find(int(id))
    if record is None:
        raise RuntimeError(f'unrecognized interpreter ID {int(id)}')
    return record
