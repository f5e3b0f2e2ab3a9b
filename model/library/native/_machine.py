"""In the namespace of `_builtins.py`: the machine's own ways out of an instruction into Python.

Each function stands for the rest of an instruction or of a C function that must call back into the program.
"""


def _call(function, arguments, keywords):
    """The first frame of a thread made by _thread.start_new_thread."""
    return function(*arguments, **keywords)


def _call_handler(handler):
    """The first frame of a signal handler, or of a finaliser that a garbage collection calls."""
    handler()


def _raise_async(exception):
    """3.9, Python/ceval.c, eval_frame_handle_pending: an asynchronous exception is raised."""
    raise exception


def _construct(cls, arguments, keywords):
    """Objects/typeobject.c, type_call."""
    if cls.__dict__.get('__abstractmethods__'):
        raise TypeError(_cannot_instantiate(cls))
    made = cls.__new__(cls, *arguments, **keywords)
    if isinstance(made, cls):
        initialise = _lockweave.lookup_type(type(made), '__init__')
        if initialise is not _missing:
            _check_init(initialise(made, *arguments, **keywords))
    return made


def _end_with(exception):
    """An exception that has left a thread's first function, and whose text is Python of the program."""
    try:
        text = str(exception)
    except BaseException:
        text = '<exception str() failed>'
    _lockweave.end_with(exception, text)


class _Quitter:
    """exit and quit, which the module site makes."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f'Use {self.name}() or Ctrl-D (i.e. EOF) to exit'

    def __call__(self, code=None):
        raise SystemExit(code)


exit = _Quitter('exit')
quit = _Quitter('quit')


def _close_generator(generator):
    """Objects/genobject.c, _PyGen_Finalize: of a generator that is dropped inside a `try` or `with`."""
    generator.close()


def _raise_from(cls, cause):
    raise cls() from cause


def _slow_init_call(instance, initialise, arguments):
    _check_init(initialise(*arguments))
    return instance


def _check_init(answer):
    if answer is not None:
        raise TypeError(f"__init__() should return None, not '{type(answer).__name__}'")


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
        list.append(items, item)


def _slow_merge(target, mapping, unique):
    """{**mapping}, or f(**mapping): then `unique` is how messages name f."""
    if not hasattr(mapping, 'keys'):
        if unique:
            raise TypeError(f"{unique} argument after ** must be a mapping, not {type(mapping).__name__}")
        raise TypeError(f"'{type(mapping).__name__}' object is not a mapping")
    for key in mapping.keys():
        if unique and key in target:
            raise TypeError(f"{unique} got multiple values for keyword argument '{key}'")
        target[key] = mapping[key]


def _slow_convert_format(x, spec, conversion):
    text = str(x) if conversion == 's' else repr(x) if conversion == 'r' else ascii(x)
    return format(text, spec)


def _slow_call_ex(function, arguments, keywords, name='function'):
    if not hasattr(type(arguments), '__iter__') and not hasattr(type(arguments), '__getitem__'):
        raise TypeError(f"{name} argument after * must be an iterable, not {type(arguments).__name__}")
    named = {}
    _slow_merge(named, keywords, name)
    return function(*[item for item in arguments], **named)


def _slow_send(iterator, value):
    """One turn of `yield from` over an iterator of the program: (does it go on?, what it gave)."""
    try:
        if value is None:
            return (True, next(iterator))
        return (True, iterator.send(value))
    except StopIteration as stop:
        return (False, stop.value)


def _slow_throw_to(iterator, exception):
    """throw() into a generator that waits at `yield from` for an object of the program, as _slow_send answers."""
    try:
        if isinstance(exception, GeneratorExit):
            close = getattr(iterator, 'close', None)
            if close is not None:
                close()
            raise exception
        return (True, iterator.throw(exception))
    except StopIteration as stop:
        return (False, stop.value)


# --- asynchronous generators: Objects/genobject.c, async_gen_asend and async_gen_athrow

class _AsyncStep:
    """What __anext__, asend, athrow and aclose give: to be awaited once."""

    __slots__ = ('_generator', '_value', '_state', '_what')

    def __init__(self, generator, value, what):
        self._generator = generator
        self._value = value
        self._state = 'new'
        self._what = what

    def __await__(self):
        return self

    __iter__ = __await__

    def __next__(self):
        return self.send(None)

    def send(self, value):
        if self._state == 'closed':
            if self._what == 'asend':
                raise RuntimeError("cannot reuse already awaited __anext__()/asend()")
            raise RuntimeError(f"cannot reuse already awaited {'aclose()/' if _version >= (3, 8) else ''}athrow()")
        if self._state == 'new':
            self._state = 'running'
            if self._what == 'asend':
                return self._step(_lockweave.resume_async, self._value if value is None else value)
            if _lockweave.async_status(self._generator) == 3:
                self._state = 'closed'
                raise StopAsyncIteration if self._what == 'athrow' else StopIteration
            return self._step(_lockweave.throw_into_async, self._value)
        return self._step(_lockweave.resume_async, value)

    def throw(self, cls, value=None, traceback=None):
        if self._state == 'closed':
            raise RuntimeError("cannot reuse already awaited __anext__()/asend()")
        self._state = 'running'
        if value is None:
            value = cls
        return self._step(_lockweave.throw_into_async, value)

    def close(self):
        self._state = 'closed'

    def _step(self, resume, value):
        try:
            got = resume(self._generator, value)
        except StopIteration:
            self._state = 'closed'
            if self._what == 'aclose':
                raise StopIteration from None
            raise StopAsyncIteration from None
        except BaseException as error:
            self._state = 'closed'
            if self._what == 'aclose' and isinstance(error, (StopAsyncIteration, GeneratorExit)):
                raise StopIteration from None
            raise
        if type(got) is tuple and len(got) == 2 and got[0] is _missing:
            if self._what == 'aclose':
                raise RuntimeError("async generator ignored GeneratorExit")
            self._state = 'closed'
            raise StopIteration(got[1])
        return got


def _async_next(generator):
    return _AsyncStep(generator, None, 'asend')


def _async_send(generator, value):
    return _AsyncStep(generator, value, 'asend')


def _async_throw(generator, cls, value=None, traceback=None):
    if value is None:
        value = cls
    elif not isinstance(value, BaseException):
        value = cls(value)
    return _AsyncStep(generator, value, 'athrow')


def _async_close(generator):
    return _AsyncStep(generator, GeneratorExit(), 'aclose')


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


def _retry_call(function, position, arguments, keywords):
    """The same for a builtin function with keywords."""
    items = [item for item in arguments[position]]
    return function(*arguments[:position], items, *arguments[position + 1:], **keywords)


def _slow_next_default(iterator, default):
    try:
        return next(iterator)
    except StopIteration:
        return default


def _slow_ascii(x):
    return _escape(repr(x))


def _escape(text):
    escaped = ''
    for character in text:
        number = ord(character)
        if number < 128:
            escaped += character
        elif number < 256:
            escaped += f'\\x{number:02x}'
        elif number < 65536:
            escaped += f'\\u{number:04x}'
        else:
            escaped += f'\\U{number:08x}'
    return escaped


def _object_ne(a, b):
    """Objects/typeobject.c, object_richcompare: != is the opposite of what __eq__ says."""
    answer = type(a).__eq__(a, b)
    return answer if answer is NotImplemented else not answer


def _slow_throw(generator, cls, value=None, traceback=None):
    """generator.throw(type, value): makes the instance first."""
    if value is None:
        value = cls()
    elif not isinstance(value, BaseException):
        value = cls(*value) if isinstance(value, tuple) else cls(value)
    if traceback is not None:
        value = value.with_traceback(traceback)
    return generator.throw(value)


def _slow_dict_new(cls, arguments, keywords):
    """dict(iterable or mapping of the program, **keywords)."""
    made = cls() if cls is not dict else {}
    if arguments:
        source = arguments[0]
        if hasattr(source, 'keys'):
            for key in source.keys():
                made[key] = source[key]
        else:
            for pair in source:
                key, value = pair
                made[key] = value
    for key in keywords:
        made[key] = keywords[key]
    return made


def _slow_set_inplace(symbol, target, other):
    """a |= b and its kin for sets whose keys have __eq__ in Python."""
    answer = _slow_set_combine(symbol, target, other)
    target.clear()
    for item in answer:
        _slow_set_add(target, item)
    return target


def _slow_list_index(items, item, start, stop):
    """list.index and tuple.index where == needs Python."""
    index = start
    while index < stop and index < len(items):
        if items[index] is item or items[index] == item:
            return index
        index += 1
    raise ValueError(f"{item!r} is not in list" if isinstance(items, list) else "tuple.index(x): x not in tuple")


def _slow_list_count(items, item):
    found = 0
    for other in items:
        if other is item or other == item:
            found += 1
    return found


def _slow_list_remove(items, item):
    index = 0
    while index < len(items):
        if items[index] is item or items[index] == item:
            del items[index]
            return
        index += 1
    raise ValueError("list.remove(x): x not in list")


# --- what sys holds

class _SimpleNamespace:
    """types.SimpleNamespace."""

    def __init__(self, *mapping, **keywords):
        if mapping:
            if _version < (3, 13):
                raise TypeError(f"no positional arguments expected{'' if _version < (3, 7) else ''}")
            self.__dict__.update(mapping[0])
        self.__dict__.update(keywords)

    def __repr__(self):
        opened = _lockweave.thread_dict().setdefault('repr', [])
        name = 'namespace' if type(self) is _SimpleNamespace else type(self).__name__
        for other in opened:
            if other is self:
                return f'{name}(...)'
        opened.append(self)
        try:
            names = list(self.__dict__)
            if _version < (3, 9):
                names.sort()
            return f"{name}({', '.join([key + '=' + repr(self.__dict__[key]) for key in names])})"
        finally:
            opened.pop()

    def __eq__(self, other):
        if isinstance(self, _SimpleNamespace) and isinstance(other, _SimpleNamespace):
            return self.__dict__ == other.__dict__
        return NotImplemented


_SimpleNamespace.__name__ = _SimpleNamespace.__qualname__ = 'SimpleNamespace'
_SimpleNamespace.__module__ = 'types'


class _VersionInfo(tuple):
    __slots__ = ()
    n_fields = n_sequence_fields = 5

    def __repr__(self):
        return ('sys.version_info(major={0}, minor={1}, micro={2}, releaselevel={3!r}, serial={4})'
                .format(self[0], self[1], self[2], self[3], self[4]))

    @property
    def major(self):
        return self[0]

    @property
    def minor(self):
        return self[1]

    @property
    def micro(self):
        return self[2]

    @property
    def releaselevel(self):
        return self[3]

    @property
    def serial(self):
        return self[4]


_VersionInfo.__name__ = _VersionInfo.__qualname__ = 'version_info'
_VersionInfo.__module__ = 'sys'

sys.version_info = _VersionInfo(sys.version_info)
sys.implementation = _SimpleNamespace(name='cpython', cache_tag=sys.implementation.cache_tag, version=sys.version_info,
                                      hexversion=sys.hexversion)


# --- builtins that talk to the world outside

def input(prompt='', /):
    _lockweave.unsupported("input(): there is nobody to ask")
