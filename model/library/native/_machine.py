"""More of what `_builtins.py` holds, in the same namespace: the machine's own ways out of an instruction into Python.

Each function stands for the rest of an instruction or of a C function that must call back into the program.
"""


def _call(function, arguments, keywords):
    """The first frame of a thread made by _thread.start_new_thread."""
    return function(*arguments, **keywords)


def _construct(cls, arguments, keywords):
    """Objects/typeobject.c, type_call."""
    if cls.__dict__.get('__abstractmethods__'):
        names = ', '.join(sorted(cls.__abstractmethods__))
        raise TypeError(f"Can't instantiate abstract class {cls.__name__} with abstract methods {names}")
    made = cls.__new__(cls, *arguments, **keywords)
    if isinstance(made, cls):
        initialise = _lockweave.lookup_type(type(made), '__init__')
        if initialise is not _missing:
            initialise(made, *arguments, **keywords)
    return made


def _close_generator(generator):
    """Objects/genobject.c, _PyGen_Finalize: of a generator that is dropped inside a `try` or `with`."""
    generator.close()


def _raise_from(cls, cause):
    raise cls() from cause


def _slow_init_call(instance, initialise, arguments):
    initialise(*arguments)
    return instance


def _slow_getattribute(o, name):
    """Objects/typeobject.c, slot_tp_getattr_hook."""
    try:
        return type(o).__getattribute__(o, name)
    except AttributeError:
        fallback = _lockweave.lookup_special(o, '__getattr__')
        if fallback is _missing:
            raise
        return fallback(name)


def _slow_load_name(namespace, name, globals):
    try:
        return namespace[name]
    except KeyError:
        pass
    if name in globals:
        return globals[name]
    import builtins
    if name in builtins.__dict__:
        return builtins.__dict__[name]
    raise NameError(f"name {name!r} is not defined")


def _slow_not(x):
    return not _slow_truth(x)


def _slow_not_contains(container, item):
    return not _slow_contains(container, item)


def _slow_build_map(items):
    made = {}
    index = 0
    while index < len(items):
        made[items[index]] = items[index + 1]
        index += 2
    return made


def _slow_build_set(items):
    made = set()
    for item in items:
        made.add(item)
    return made


def _slow_list_extend(items, iterable):
    for item in iterable:
        items.append(item)


def _slow_merge(target, mapping, unique):
    """{**mapping} and f(**mapping)."""
    if not hasattr(mapping, 'keys'):
        if unique:
            raise TypeError(f"argument after ** must be a mapping, not {type(mapping).__name__}")
        raise TypeError(f"'{type(mapping).__name__}' object is not a mapping")
    for key in mapping.keys():
        if unique and key in target:
            raise TypeError(f"got multiple values for keyword argument '{key}'")
        target[key] = mapping[key]


def _slow_convert_format(x, spec, conversion):
    text = str(x) if conversion == 's' else repr(x) if conversion == 'r' else ascii(x)
    return format(text, spec)


def _slow_call_ex(function, arguments, keywords):
    if not hasattr(type(arguments), '__iter__') and not hasattr(type(arguments), '__getitem__'):
        raise TypeError(f"Value after * must be an iterable, not {type(arguments).__name__}")
    named = {}
    _slow_merge(named, keywords, True)
    return function(*[item for item in arguments], **named)


def _slow_send(iterator, value):
    """One turn of `yield from` over an iterator of the program: (does it go on?, what it gave)."""
    try:
        if value is None:
            return (True, next(iterator))
        return (True, iterator.send(value))
    except StopIteration as stop:
        return (False, stop.value)


def _retry_with_list(function, arguments, position):
    """A builtin met an iterable that only Python can iterate: the same call with a list in its place."""
    items = [item for item in arguments[position]]
    return function(*arguments[:position], items, *arguments[position + 1:])


def _retry_method(self, name, position, arguments):
    """The same for a method; `position` counts self."""
    items = [item for item in arguments[position]]
    return getattr(self, name)(*arguments[1:position], items, *arguments[position + 1:])


def _retry_construct(cls, position, arguments):
    items = [item for item in arguments[position]]
    return cls(*arguments[1:position], items, *arguments[position + 1:])


def _sort_list(items, key=None, reverse=False):
    """list.sort where the order needs Python."""
    _sort(items, key, reverse)
