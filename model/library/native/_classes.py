"""Making classes: __build_class__ and type.__new__. The first library text that runs, in the namespace of `_builtins.py`, because every
`class` statement of the others needs it, so it imports for all of them. It has no class statement of its own.
"""

import sys
import _lockweave

__name__ = 'builtins'  # what the classes of this namespace say of themselves

_missing = _lockweave.missing
_special = _lockweave.lookup_special
_version = _lockweave.version


def __build_class__(function, name, /, *bases, metaclass=None, **keywords):
    resolved = _resolve_bases(bases)
    if metaclass is None:
        meta = type(resolved[0]) if resolved else type
    else:
        meta = metaclass
    if isinstance(meta, type):
        meta = _metaclass_of(meta, resolved)
    prepare = _missing if meta is type else getattr(meta, '__prepare__', _missing)
    namespace = {} if prepare is _missing else prepare(name, resolved, **keywords)
    cell = _lockweave.run_class_body(function, namespace)
    if resolved is not bases and '__orig_bases__' not in namespace:
        namespace['__orig_bases__'] = bases
    if cell is not None:
        namespace['__classcell__'] = cell
    if meta is type:
        return _type_new(type, name, resolved, namespace, **keywords)
    return meta(name, resolved, namespace, **keywords)


def _resolve_bases(bases):
    """PEP 560: a base that is no class may stand for others."""
    resolved = []
    changed = False
    for base in bases:
        entries = _missing if isinstance(base, type) else getattr(base, '__mro_entries__', _missing)
        if entries is _missing or _version < (3, 7):
            resolved.append(base)
        else:
            changed = True
            resolved.extend(entries(bases))
    return tuple(resolved) if changed else bases


def _metaclass_of(meta, bases):
    """The most derived metaclass; Objects/typeobject.c, _PyType_CalculateMetaclass."""
    winner = meta
    for base in bases:
        candidate = type(base)
        if issubclass(winner, candidate):
            continue
        if not issubclass(candidate, winner):
            raise TypeError("metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass "
                            "of the metaclasses of all its bases")
        winner = candidate
    return winner


def _type_new(meta, name, bases, namespace, **keywords):
    """type.__new__: also what `type(name, bases, namespace)` and `super().__new__(...)` of a metaclass run."""
    meta = _metaclass_of(meta, bases)
    cell = None
    if '__classcell__' in namespace:
        namespace = dict(namespace)
        cell = namespace.pop('__classcell__')
    given = namespace.get('__slots__')
    if given is not None or '__module__' not in namespace:
        namespace = _completed(namespace)
    cls = _lockweave.make_class(meta, name, bases, namespace)
    if type(given) is str or type(given) is list:
        cls.__slots__ = given
    _lockweave.note_subclass(cls)
    if cell is not None:
        _lockweave.set_cell(cell, cls)
    for attribute, value in list(namespace.items()):
        hook = _special(value, '__set_name__')
        if hook is not _missing:
            _call_set_name(hook, cls, attribute, value)
    if bases or keywords:
        super(cls, cls).__init_subclass__(**keywords)
    return cls


def _completed(namespace):
    """__module__ is the caller's; __slots__ becomes a tuple of names."""
    namespace = dict(namespace)
    if '__module__' not in namespace:
        module = _caller_module()
        if module is not None:
            namespace['__module__'] = module
    if '__slots__' in namespace:
        slots = namespace['__slots__']
        slots = (slots,) if isinstance(slots, str) else tuple(slots)
        for slot in slots:
            if not isinstance(slot, str):
                raise TypeError(f"__slots__ items must be strings, not '{type(slot).__name__}'")
            if not slot.isidentifier():
                raise TypeError("__slots__ must be identifiers")
            if slot in namespace and slot not in ('__dict__', '__weakref__'):
                raise ValueError(f"{slot!r} in __slots__ conflicts with class variable")
        namespace['__slots__'] = slots
    return namespace


def _caller_module():
    try:
        return sys._getframe().f_globals.get('__name__')
    except ValueError:  # only the machine's own texts are running
        return None


def _call_set_name(hook, cls, attribute, value):
    if _version >= (3, 12):
        hook(cls, attribute)
        return
    try:
        hook(cls, attribute)
    except Exception as error:
        raise RuntimeError(f"Error calling __set_name__ on '{type(value).__name__}' instance {attribute!r} "
                           f"in '{cls.__name__}'") from error


def _cannot_instantiate(cls):
    """The text of the TypeError for a class with abstract methods."""
    names = sorted(cls.__abstractmethods__)
    plural = '' if len(names) == 1 else 's'
    if _version >= (3, 12):
        listed = ', '.join([f"'{name}'" for name in names])
        return f"Can't instantiate abstract class {cls.__name__} without an implementation for abstract method{plural} {listed}"
    if _version < (3, 9):
        plural = 's'
    return f"Can't instantiate abstract class {cls.__name__} with abstract method{plural} {', '.join(names)}"
