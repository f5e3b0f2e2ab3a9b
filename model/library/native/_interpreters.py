"""_interpreters, 3.13 (Modules/_interpretersmodule.c). exec() of functions, buffers and configurations other than by name are not modelled."""

import _lockweave
import _subinterpreters


class InterpreterError(Exception):
    pass


class InterpreterNotFoundError(InterpreterError):
    pass


class NotShareableError(ValueError):
    pass


class _Failure:
    """What left the text that was run: `excinfo` with its words."""

    def __init__(self, failure):
        self.type = _Type(failure)
        self.msg = failure[2]
        self.formatted = _subinterpreters.formatted(failure)


class _Type:
    def __init__(self, failure):
        self.__module__, self.__qualname__, words = failure
        self.__name__ = self.__qualname__.rpartition('.')[2]


def create(config='isolated', *, reqrefs=False):
    if config is None:
        config = 'isolated'
    if config not in ('isolated', 'legacy', 'default'):
        if isinstance(config, str):
            raise ValueError(f"unsupported config name '{config}'")
        _lockweave.unsupported('a configuration that is no name: _interpreters.create() takes "isolated" or "legacy"')
    return _subinterpreters.create(config != 'legacy')


def destroy(id, *, restrict=False):
    try:
        _subinterpreters.destroy(_find(id))
    except RuntimeError as error:
        raise InterpreterError(str(error)) from None


def run_string(id, script, shared=None, *, restrict=False):
    if not isinstance(script, str):
        raise TypeError(f'_interpreters.run_string() argument 2 must be str, not {type(script).__name__}')
    record = _find(id)
    if shared:
        for value in shared.values():
            if not _subinterpreters.is_shareable(value):
                raise NotShareableError(f'{value!r} does not support cross-interpreter data')
    if record.runs:
        raise InterpreterError('interpreter already running')
    try:
        failure = _subinterpreters.run(record, script, dict(shared) if shared else None)
    except RuntimeError as error:  # another thread has come in
        raise InterpreterError(str(error)) from None
    return None if failure is None else _Failure(failure)


def exec(id, code, shared=None, *, restrict=False):
    if not isinstance(code, str):
        _lockweave.unsupported('_interpreters.exec() of anything but a text')
    return run_string(id, code, shared)


def is_shareable(obj):
    return _subinterpreters.is_shareable(obj)


def is_running(id, *, restrict=False):
    return _find(id).runs


def list_all(*, require_ready=True):
    return [(number, 1 if number == 0 else 5) for number in _subinterpreters.list_all()]


def get_current():
    number = _lockweave.interpreter()
    return number, 1 if number == 0 else 5


def get_main():
    return 0, 1


def _find(id):
    if not isinstance(id, int):
        raise TypeError(f'interpreter ID must be an int, got {type(id).__name__}')
    record = _subinterpreters.find(id)
    if record is None:
        raise InterpreterNotFoundError(f'unrecognized interpreter ID {id}')
    return record
