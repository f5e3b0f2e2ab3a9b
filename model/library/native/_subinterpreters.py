"""Interpreters of one process: what `_xxsubinterpreters` (3.8 to 3.12), `_interpreters` (3.13) and `lockweave.Interpreter` do.

All that the program may create are there from the start (model/world_interpreters.cpp); here is which of them exist, and which a thread is in. Injected:
`interpreters`, this module; `extensions`, the module _extensions, or None if the program has no extension modules;
`has_import_locks`, whether each interpreter has an import lock of its own; `refusal`, a kind of program with which
interpreters are not modelled, or None.

Sources: 3.8 to 3.12, Modules/_xxsubinterpretersmodule.c; 3.13, Modules/_interpretersmodule.c; Python/pylifecycle.c, Py_EndInterpreter.
"""

import _lockweave
import _thread

_version = _lockweave.version
refusal = None
records = []  # by number; the first is main's
_created = [1]


class _Record:
    """What the process knows of an interpreter."""

    def __init__(self, number, sys, modules, imp, import_c, threads, atexit):
        self.number = number
        self.sys = sys
        self.modules = modules
        self.imp = imp
        self.import_c = import_c
        self.threads = threads
        self.atexit = atexit
        self.exists = number == 0
        self.runs = number == 0  # a text
        self.thread_states = 0   # of threads that are in it, on their way in, or on their way out
        self.ends = False
        self.creator = None      # the thread
        self.is_isolated = False


def _add(sys, modules, imp, import_c, threads, atexit):
    """Called by the machine for each, main's first."""
    record = _Record(len(records), sys, modules, imp, import_c, threads, atexit)
    if records and has_import_locks:
        _give_import_lock(imp)
    if records:
        imp.create_dynamic = records[0].imp.create_dynamic
        imp.exec_dynamic = records[0].imp.exec_dynamic
    if records and extensions is not None:
        extensions.interpreters = interpreters
        extensions.add_interpreter(modules, import_c)
    records.append(record)


def _give_import_lock(imp):
    """From 3.12 on each interpreter has an import lock of its own (Include/internal/pycore_import.h, struct _import_state); to 3.11 the process has one."""
    lock = _thread.RLock()

    def acquire_lock():
        lock.acquire()

    def release_lock():
        if not lock._is_owned():
            raise RuntimeError('not holding the import lock')
        lock.release()

    imp._import_lock = lock
    imp.acquire_lock = acquire_lock
    imp.release_lock = release_lock
    imp.lock_held = lock.locked


# --- which one a thread is in


def _has_own_gil(record):
    """Where no C code is shared, nobody can tell whether threads of two interpreters run at a time or by turns."""
    return extensions is not None and record.is_isolated and _version >= (3, 12)


def switch_to(record):
    """PyThreadState_Swap, to a thread state of that interpreter. From 3.12 on it lets go of one GIL and takes the other, were it the same."""
    old = records[_lockweave.interpreter()]
    if _has_own_gil(old):
        _lockweave.enter_interpreter(record.number, record.is_isolated)
        if not _has_own_gil(record):
            _lockweave.take_gil()
    elif _has_own_gil(record):
        _lockweave.leave_gil()
        _lockweave.enter_interpreter(record.number, record.is_isolated)
    else:
        if _version >= (3, 12):
            _lockweave.io()
        _lockweave.enter_interpreter(record.number, record.is_isolated)
    return old



# --- what programs ask for


def create(is_isolated):
    if refusal is not None:
        _lockweave.unsupported(f'{refusal}: this is not modelled')
    _lockweave.io()  # it reads files
    number = _created[0]
    if number >= len(records):
        _lockweave.unsupported(f'the program creates more than {len(records) - 1} interpreters: say how many in scenario.toml, [bounds] interpreters')
    _created[0] = number + 1
    record = records[number]
    record.is_isolated = is_isolated
    if extensions is not None:
        extensions.own[number].is_isolated = is_isolated
    record.creator = _lockweave.current()
    record.exists = True
    return number


def find(number):
    """The record of an interpreter that exists, or None."""
    record = records[number] if 0 <= number < len(records) else None
    return record if record is not None and record.exists else None


def list_all():
    return [record.number for record in records if record.exists]


def run(record, source, shared=None):
    """What the text ended with: None, or of the exception that left it its type's module and name, and its words. Requires: nothing runs there, as far as one could see.

    Going in and out, a thread has a thread state there that it does not run on yet, or any more; from 3.12 on others may come in between (switch_to).
    """
    record.thread_states += 1
    old = switch_to(record)
    if record.runs:
        switch_to(old)
        record.thread_states -= 1
        # 3.12.1 finds no memory for the words of the RuntimeError that says so (measured).
        raise MemoryError() if _version == (3, 12) else RuntimeError('interpreter already running')
    record.runs = True
    failure = None
    try:
        namespace = record.modules['__main__'].__dict__
        if shared is not None:
            for name in shared:
                namespace[name] = shared[name]
        _run_in_interpreter(source, namespace)
    except BaseException as error:
        failure = _words_of(error)
    finally:
        record.runs = False
        switch_to(old)
        record.thread_states -= 1
    return failure


def _run_in_interpreter(source, namespace):
    """The machine knows this function by its name: what frames outside of it are at is another interpreter's business."""
    exec(source, namespace)


def _words_of(error):
    cls = type(error)
    try:
        return cls.__module__, cls.__qualname__, str(error)
    except Exception:
        return cls.__module__, cls.__qualname__, ''


def formatted(failure):
    module, name, words = failure
    if module not in ('builtins', '__main__'):
        name = f'{module}.{name}'
    return f'{name}: {words}'


def threads_of(record):
    if record.threads is None:
        return []
    return [thread for thread in list(record.threads.active.values())
            if thread._handle is not None and thread._handle != _lockweave.main() and not _lockweave.is_ended(thread._handle)]


def end(record):
    """Py_EndInterpreter: waits for its threads, calls what atexit has, and lets go of its modules. Nothing keeps another thread from coming in meanwhile."""
    if record.ends:
        _lockweave.fatal_error('Py_EndInterpreter: not the last thread')
    if (3, 9) <= _version <= (3, 12) and record.creator != _lockweave.current():
        # Measured: 3.11.7 always, the others if threading was imported there, by whichever thread.
        _lockweave.unsupported('an interpreter is ended by another thread than the one that created it: from 3.9 to 3.12 threading._shutdown may wait for ever then, which is not modelled')
    record.ends = True
    old = switch_to(record)
    try:
        for thread in threads_of(record):
            if thread._daemonic:
                _lockweave.unsupported('an interpreter is destroyed while one of its daemon threads runs: CPython stops with a fatal error')
            _lockweave.join(thread._handle, None)
        if record.atexit is not None:
            try:
                record.atexit._run_exitfuncs()
            except BaseException:
                pass  # its traceback is printed
        if record.thread_states > 0:
            _lockweave.fatal_error('Py_EndInterpreter: not the last thread')
        record.exists = False
        _let_go_of_modules(record)
    finally:
        switch_to(old)


def _end_those_left():
    """At the program's end: 3.8 to 3.12 end an interpreter when nobody has its identifier any more, 3.13 ends them all (Py_FinalizeEx)."""
    import _exit
    _exit.wait_for_thread_shutdown()
    for record in records[1:]:
        if record.exists and record.thread_states > 0:
            _lockweave.unsupported('the program ends while a daemon thread runs in another interpreter')
        if record.exists:
            end(record)


def _let_go_of_modules(record):
    """Those of the program. CPython drops all, and empties the ones that somebody keeps, in the order in which they were imported."""
    names = [name for name in list(record.modules) if isinstance(name, str) and _lockweave.is_of_scenario(name)]
    record.modules['__main__'].__dict__.clear()
    for name in names:
        module = record.modules.pop(name)
        if type(module) is type(record.sys):
            module.__dict__.clear()


# --- what is shared between interpreters (Python/crossinterp.c): plain values


def is_shareable(value):
    kinds = (type(None), int, str, bytes)
    if _version >= (3, 13):
        kinds += (bool, float, tuple)  # whatever is in the tuple
    return type(value) in kinds


class Interpreter:
    """lockweave.Interpreter: the same over all versions that have interpreters for Python programs. config: 'isolated' or 'legacy'."""

    def __init__(self, config='isolated'):
        if config not in ('isolated', 'legacy'):
            raise ValueError(f"unknown config '{config}': it is 'isolated' or 'legacy'")
        if _version < (3, 8):
            raise RuntimeError('this version gives Python programs no interpreters: they came with 3.8')
        self.id = create(config == 'isolated')

    def exec(self, source):
        """Runs the text in the interpreter's __main__, in this thread. An exception that leaves it is raised here as a RuntimeError with its words."""
        if not isinstance(source, str):
            raise TypeError(f'exec() argument must be str, not {type(source).__name__}')
        record = self._find()
        if record.runs:
            raise RuntimeError('interpreter already running')
        failure = run(record, source)
        if failure is not None:
            raise RuntimeError(formatted(failure))

    def close(self):
        """Ends the interpreter."""
        record = self._find()
        destroy(record)

    def _find(self):
        record = find(self.id)
        if record is None:
            raise RuntimeError(f'unrecognized interpreter ID {self.id}')
        return record


def destroy(record):
    if record.number == _lockweave.interpreter():
        raise RuntimeError('cannot destroy the current interpreter')
    if record.runs:
        raise RuntimeError('interpreter running' if _version >= (3, 12) else 'interpreter already running')
    if _version < (3, 12) and threads_of(record):
        raise RuntimeError('interpreter has more than one thread')
    end(record)
