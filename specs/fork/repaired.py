"""A proposal: the child lets go of the module locks of threads that are not there any more, and forgets the modules that they were initialising.

No CPython does this. What the body of such a module has done already (entries in other tables, files) is done, and the child does it again.
"""

import _thread

BASED_ON = '3.6'


def _forget_imports_of_others():
    importlib = sys.modules.get('_frozen_importlib')
    me = _thread.get_ident()
    for name, reference in list(importlib._module_locks.items()):
        lock = reference()
        if lock is None or lock.owner is None or lock.owner == me:
            continue
        # Who comes next makes a new lock. The old one stays with whoever waited for it, and is nobody's business here.
        del importlib._module_locks[name]
        module = sys.modules.get(name)
        spec = getattr(module, '__spec__', None)
        if spec is not None and spec._initializing:
            del sys.modules[name]


def PyOS_AfterFork_Child():
    _PyImport_ReInitLock()
    _forget_imports_of_others()
    threading_after_fork()
    run_at_forkers(after_forkers_child)
