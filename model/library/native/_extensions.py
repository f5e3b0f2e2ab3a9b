"""Extension modules: what of CPython's C API makes a module, and what import asks of them (`_imp.create_dynamic`, `_imp.exec_dynamic`).

A file NAME.native.py is a shared library: its functions and variables are there once in the process, whatever imports it and how often. Public
names go into the namespace of `capi`. Injected: `capi`, `sys`, `modules` (the dictionary that sys.modules is at the start), of the first interpreter; `_subinterpreters.py` adds the
others; `package_context_of_thread`, as the design says it.

Sources: 3.6 to 3.13, Python/import.c, Python/importdl.c, Objects/moduleobject.c.
"""

import _lockweave
import _import_c

_version = _lockweave.version

Py_mod_create = 1
Py_mod_exec = 2
Py_mod_multiple_interpreters = 3
Py_mod_gil = 4

Py_MOD_MULTIPLE_INTERPRETERS_NOT_SUPPORTED = 0
Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED = 1
Py_MOD_PER_INTERPRETER_GIL_SUPPORTED = 2
Py_MOD_GIL_USED = 0
Py_MOD_GIL_NOT_USED = 1

interpreters = None  # the module _subinterpreters, where there are several
libraries = {}  # by path: the dictionary of a file's variables and functions


class PyModuleDef:
    """m_size: -1, the module's state is the process's; 0 or more, each module has one. A def with m_slots is for multi-phase initialisation."""

    def __init__(self, m_name, m_size=0, m_methods=(), m_slots=None):
        self.m_name = m_name
        self.m_size = m_size
        self.m_methods = m_methods
        self.m_slots = m_slots
        self.m_init = None
        self.m_copy = None
        self.gil = Py_MOD_GIL_USED


class _Record:
    """What a module object has beside its dictionary: md_def and md_state."""

    def __init__(self, definition):
        self.md_def = definition
        self.md_state = None


# --- the process (3.6, Python/import.c, `extensions`; from 3.12 on with a lock of its own, which nobody waits for here)

_known = {}  # (path, name): the def of a single-phase module
_package_context = capi.Struct(name=None)
_package_context_of_thread = capi.ThreadLocal()

# --- the interpreter


class _Own:
    def __init__(self, modules, import_c):
        self.modules = modules
        self.import_c = import_c
        self.found_by_def = []  # pairs of a def and a module: modules_by_index
        self.is_isolated = False


own = [_Own(modules, _import_c)]  # by number


def _here():
    return own[_lockweave.interpreter()]


def add_interpreter(modules, import_c):
    own.append(_Own(modules, import_c))


def _needs_gil(what):
    if not capi.PyGILState_Check():
        _lockweave.fatal_error(what + ' is called without the GIL')


def _get_package_context():
    return _package_context_of_thread.get() if package_context_of_thread else _package_context.name


def _swap_package_context(name):
    """3.12 gives each thread its own (gh-105699)."""
    old = _get_package_context()
    if package_context_of_thread:
        _package_context_of_thread.set(name)
    else:
        _package_context.name = name
    return old


# --- making modules (Objects/moduleobject.c)


def PyModule_New(name):
    _needs_gil('PyModule_New')
    module = type(sys)(name)
    return module


def _fill(module, definition):
    _lockweave.set_extension(module, _Record(definition))
    for method in definition.m_methods:
        module.__dict__[method.__name__] = _method(method, module)


def _method(function, module):
    return type(_needs_method.method)(function, module)


class _NeedsMethod:
    def method(self):
        pass


_needs_method = _NeedsMethod()


def PyModule_Create(definition):
    """3.6, _PyModule_CreateInitialized: a module in a package gets its full name from the import that runs."""
    _needs_gil('PyModule_Create')
    if definition.m_slots is not None:
        raise SystemError(f'module {definition.m_name}: PyModule_Create is incompatible with m_slots')
    name = definition.m_name
    context = _get_package_context()
    if context is not None and '.' in context and context.rpartition('.')[2] == name:
        name = context
        _swap_package_context(None)
    module = PyModule_New(name)
    _fill(module, definition)
    if definition.m_size > 0:
        _lockweave.extension(module).md_state = capi.Struct()
    return module


def PyModuleDef_Init(definition):
    """What an initialisation function in several phases returns."""
    _needs_gil('PyModuleDef_Init')
    return definition


def PyModule_GetState(module):
    record = _lockweave.extension(module)
    return None if record is None else record.md_state


def PyModule_GetDef(module):
    record = _lockweave.extension(module)
    return None if record is None else record.md_def


def PyModule_AddObject(module, name, value):
    _needs_gil('PyModule_AddObject')
    setattr(module, name, value)
    return 0


def PyModule_GetDict(module):
    _needs_gil('PyModule_GetDict')
    return module.__dict__


def PyUnstable_Module_SetGIL(module, gil):
    """3.13, for modules of a single phase."""
    _lockweave.extension(module).md_def.gil = gil
    return 0


def PyState_FindModule(definition):
    """The module that this interpreter has last made of a def, if it is of a single phase."""
    for known, module in _here().found_by_def:
        if known is definition:
            return module
    return None


def PyState_AddModule(module, definition):
    found = _here().found_by_def
    for index in range(len(found)):
        if found[index][0] is definition:
            found[index] = (definition, module)
            return 0
    found.append((definition, module))
    return 0


# --- importing from C (Python/import.c)


def PyImport_ImportModule(name):
    return _here().import_c.PyImport_Import(name)


def PyImport_Import(name):
    return _here().import_c.PyImport_Import(name)


def PyImport_GetModule(name):
    import_c = _here().import_c
    module = import_c.PyImport_GetModule(name)
    return None if module is import_c._absent else module


def PyImport_GetModuleDict():
    return _here().modules


def PyImport_AddModule(name):
    """The entry of sys.modules, or a new and empty module put there. It initialises nothing."""
    _needs_gil('PyImport_AddModule')
    modules = _here().modules
    module = modules.get(name)
    if type(module) is type(sys):
        return module
    module = PyModule_New(name)
    modules[name] = module
    return module


# --- initialisation functions


def _initialise(count, function, *arguments):
    """The machine looks here for who runs, and for the how manieth time (model/vm/native_state.cpp)."""
    return function(*arguments)


def _run(function, *arguments):
    own = _lockweave.thread_dict()
    count = own.get(_runs, 0) + 1
    own[_runs] = count
    return _initialise(count, function, *arguments)


_runs = object()


# --- loading (Python/importdl.c, _PyImport_LoadDynamicModuleWithSpec)


def create_dynamic(spec, file=None):
    name = spec.name
    path = spec.origin
    module = _find_extension(name, path)
    if module is not None:
        return module
    if not hasattr(capi, '_PyEval_EnableGILTransient'):
        return _load(spec, name, path)
    # 3.13, Python/import.c, _imp_create_dynamic_impl. Whoever fails needs no GIL.
    tstate = capi.PyGILState_GetThisThreadState()
    capi._PyEval_EnableGILTransient(tstate)
    gil = Py_MOD_GIL_NOT_USED
    try:
        module = _load(spec, name, path)
        definition = PyModule_GetDef(module)
        gil = Py_MOD_GIL_USED if definition is None else definition.gil
    finally:
        capi.PyImport_extension_loaded(tstate, name, gil)
    return module


def _find_extension(name, path):
    """3.6, _PyImport_FindExtensionObject: a module of a single phase that the process has loaded before."""
    definition = _known.get((path, name))
    if definition is None:
        return None
    if _version >= (3, 12):
        _check_allowed(name)
    return _make_again(definition, name)


def _make_again(definition, name):
    """Of a module of a single phase that the process knows: 3.13, reload_singlephase_extension."""
    if definition.m_size == -1:
        # Its functions are not made to be initialised again, so a module gets what the first one had when it was ready.
        if definition.m_copy is None:
            return None
        module = PyImport_AddModule(name)
        module.__dict__.update(definition.m_copy)
        _lockweave.set_extension(module, _Record(definition))
    else:
        if definition.m_init is None:
            return None
        module = _run(definition.m_init)
        _here().modules[name] = module
    PyState_AddModule(module, definition)
    return module


def _load(spec, name, path):
    last = name.rpartition('.')[2]
    if path not in libraries:
        _lockweave.unsupported(f'the extension module {path} is no file of the scenario, and what the program itself writes is not compiled')
    function = libraries[path].get('PyInit_' + last)
    if function is None:
        raise ImportError(f'dynamic module does not define module export function (PyInit_{last})', name=name, path=path)
    if _version >= (3, 13) and _lockweave.interpreter() != 0:
        return _load_by_main(spec, function, name, path)
    made = _initialised(function, name)
    if type(made) is PyModuleDef:
        return _from_def_and_spec(made, spec)
    # 3.12, _PyImport_LoadDynamicModuleWithSpec: what the module has done by now stays done (gh-104621).
    _check_allowed(last)
    definition = _remember(function, made, path)
    _fix_up(made, definition, name, path)
    return made


def _initialised(function, name):
    last = name.rpartition('.')[2]
    old = _swap_package_context(name)
    try:
        made = _run(function)
    finally:
        _swap_package_context(old)
    if made is None:
        raise SystemError(f'initialization of {last} failed without raising an exception')
    if type(made) is not PyModuleDef and _lockweave.extension(made) is None:
        raise SystemError(f'initialization of {last} did not return an extension module')
    return made


def _remember(function, module, path):
    definition = _lockweave.extension(module).md_def
    definition.m_init = function
    module.__dict__['__file__'] = path
    return definition


def _load_by_main(spec, function, name, path):
    """3.13, import_run_extension (gh-117953): main's interpreter runs the initialisation, whatever comes of it; a module of a single phase is then made again here."""
    here = interpreters.switch_to(interpreters.records[0])
    try:
        made = _initialised(function, name)
        is_def = type(made) is PyModuleDef
        if not is_def:
            definition = _remember(function, made, path)
            _keep(made, definition, name, path)
            del made
    finally:
        interpreters.switch_to(here)
    if is_def:
        return _from_def_and_spec(made, spec)
    _check_allowed(name.rpartition('.')[2])
    return _make_again(definition, name)


def _check_allowed(name):
    """3.12, _PyImport_CheckSubinterpIncompatibleExtensionAllowed."""
    if _version >= (3, 12) and _lockweave.interpreter() != 0 and _here().is_isolated:
        raise ImportError(f'module {name} does not support loading in subinterpreters')


def _fix_up(module, definition, name, path):
    """3.6, _PyImport_FixupExtensionObject."""
    _here().modules[name] = module
    PyState_AddModule(module, definition)
    _keep(module, definition, name, path)


def _keep(module, definition, name, path):
    """For the next one who wants it. From 3.9 on another interpreter than main's leaves only what is copied (bpo-44050)."""
    if definition.m_size != -1 and _version >= (3, 9) and _lockweave.interpreter() != 0:
        return
    if definition.m_size == -1:
        definition.m_copy = dict(module.__dict__)
    _known[(path, name)] = definition


def _from_def_and_spec(definition, spec):
    """Objects/moduleobject.c, PyModule_FromDefAndSpec2: the first phase."""
    create = None
    executes = False
    interpreters_supported = Py_MOD_MULTIPLE_INTERPRETERS_SUPPORTED
    for slot, value in definition.m_slots if definition.m_slots is not None else ():
        if slot == Py_mod_create:
            if create is not None:
                raise SystemError(f'module {spec.name} has multiple create slots')
            create = value
        elif slot == Py_mod_exec:
            executes = True
        elif slot == Py_mod_gil and _version >= (3, 13):
            definition.gil = value
        elif slot == Py_mod_multiple_interpreters and _version >= (3, 12):
            interpreters_supported = value
        else:
            raise SystemError(f'module {spec.name} uses unknown slot ID {slot}')
    if interpreters_supported != Py_MOD_PER_INTERPRETER_GIL_SUPPORTED:  # an isolated interpreter has a GIL of its own
        _check_allowed(spec.name)
    if create is None:
        module = PyModule_New(spec.name)
    else:
        module = _run(create, spec, definition)
        if module is None:
            raise SystemError(f'creation of module {spec.name} failed without setting an exception')
    if not isinstance(module, type(sys)):
        if definition.m_size > 0:
            raise SystemError(f'module {spec.name} is not a module object, but requests module state')
        if executes:
            raise SystemError(f'module {spec.name} specifies execution slots, but did not create a ModuleType instance')
        return module
    _fill(module, definition)
    return module


def exec_dynamic(module):
    """Objects/moduleobject.c, PyModule_ExecDef: the second phase. Done once for each module object."""
    record = _lockweave.extension(module)
    if record is None or record.md_state is not None:
        return 0
    definition = record.md_def
    if definition.m_size >= 0:
        record.md_state = capi.Struct()
    for slot, value in definition.m_slots if definition.m_slots is not None else ():
        if slot == Py_mod_exec and _run(value, module) not in (None, 0):
            raise SystemError(f'execution of module {module.__name__} failed without setting an exception')
    return 0
