"""What all ways to end share: executed before the text of the one that the design names, which may define any of these functions again.

The machine calls Py_FinalizeEx when main has run its last line, if the program could notice anything of it: something is registered with atexit or threading, or there have
been daemon threads and there is a `__del__`. What only concerns memory, signals or files is left out. Source: 3.6, Python/pylifecycle.c; later texts say what has changed since.
"""

import _import_c
import _lockweave
import _weakref
import sys

begun = []               # Py_FinalizeEx has
finalizing = []          # _PyRuntimeState_SetFinalizing has
threading_atexits = []   # threading._register_atexit, 3.9


# When threads and forks begin to be refused: 'main' (it has run its last line), 'finalizing', or never. To 3.11 a thread can always be started; when the interpreter
# finalises it does not get the GIL, and who started it waits for it.
NO_NEW_AFTER = None


# What becomes of a thread that wants the GIL when the interpreter finalises: 'exit' (to 3.13), 'hang' (3.14). Only C code can tell (specs/capi/finalize.py).
LATE_THREADS = 'exit'


def wait_for_thread_shutdown():
    """threading._shutdown: waits for the threads that are no daemons."""
    threads = sys.modules.get('_threads')
    while threads is not None:
        others = [thread for thread in threads.active.values() if not thread._daemonic and thread._handle is not None
                  and thread._handle != _lockweave.current()]
        if not others:
            return
        _lockweave.join(others[0]._handle, None)


def call_py_exitfuncs(atexit):
    if atexit is not None:
        atexit._run_exitfuncs()


def set_finalizing():
    """From here on who wants the GIL and is not this thread gets it no more: it ends (to 3.13) or waits for ever (3.14) with all locks that it holds."""
    finalizing.append(True)
    _lockweave.stop_other_threads()


def in_clearing_order(references):
    return references


def finalize_modules():
    """3.8, Python/pylifecycle.c, PyImport_Cleanup. The program's own modules: those of the library have nothing that could be noticed."""
    for name in ('path', 'meta_path', 'path_hooks', 'path_importer_cache'):
        setattr(sys, name, None)
    modules = _import_c.modules
    references = []
    for name in list(modules):
        module = modules[name]
        if type(module) is type(sys) and (name == '__main__' or _lockweave.is_of_scenario(name)):
            references.append(_weakref.ref(module))
            modules[name] = None
        del module
    modules.clear()
    _lockweave.collect()  # calls finalisers
    _lockweave.collect()
    for reference in in_clearing_order(references):
        module = reference()
        if module is not None:
            clear_module(module.__dict__)
        del module


def clear_module(names):
    """3.6, Objects/moduleobject.c, _PyModule_ClearDict: what begins with one underscore goes first."""
    for name in list(names):
        if name[:1] == '_' and name[1:2] != '_':
            names[name] = None
    for name in list(names):
        if name != '__builtins__':
            names[name] = None


def Py_FinalizeEx(atexit, goes_on):
    """`goes_on`: there is something to notice beyond atexit."""
    begun.append(True)
    wait_for_thread_shutdown()
    call_py_exitfuncs(atexit)
    if goes_on:
        set_finalizing()
        finalize_modules()
