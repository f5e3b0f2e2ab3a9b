"""weakref.proxy (C in CPython: Objects/weakrefobject.c)."""

import _lockweave
import _weakref


class ReferencedProxy:
    __slots__ = ('_reference',)

    def __init__(self, reference):
        object.__setattr__(self, '_reference', reference)

    def __getattribute__(self, name):
        return getattr(target(self), name)

    def __setattr__(self, name, value):
        setattr(target(self), name, value)

    def __delattr__(self, name):
        delattr(target(self), name)

    def __repr__(self):
        return f"<weakproxy at <id> to {type(target(self)).__name__} at <id>>"

    def __str__(self):
        return str(target(self))

    def __bool__(self):
        return bool(target(self))

    def __len__(self):
        return len(target(self))

    def __iter__(self):
        return iter(target(self))

    def __next__(self):
        return next(target(self))

    def __contains__(self, item):
        return item in target(self)

    def __getitem__(self, key):
        return target(self)[key]

    def __setitem__(self, key, value):
        target(self)[key] = value

    def __delitem__(self, key):
        del target(self)[key]

    def __eq__(self, other):
        return target(self) == plain(other)

    def __ne__(self, other):
        return target(self) != plain(other)

    def __lt__(self, other):
        return target(self) < plain(other)

    def __le__(self, other):
        return target(self) <= plain(other)

    def __gt__(self, other):
        return target(self) > plain(other)

    def __ge__(self, other):
        return target(self) >= plain(other)

    __hash__ = None

    def __add__(self, other):
        return target(self) + plain(other)

    def __radd__(self, other):
        return plain(other) + target(self)

    def __sub__(self, other):
        return target(self) - plain(other)

    def __mul__(self, other):
        return target(self) * plain(other)

    def __index__(self):
        return target(self).__index__()

    def __int__(self):
        return int(target(self))

    def __float__(self):
        return float(target(self))


class CallableReferencedProxy(ReferencedProxy):
    __slots__ = ()

    def __call__(self, *arguments, **keywords):
        return target(self)(*arguments, **keywords)


ReferencedProxy.__name__ = ReferencedProxy.__qualname__ = 'ProxyType' if _lockweave.version >= (3, 12) else 'weakproxy'
CallableReferencedProxy.__name__ = CallableReferencedProxy.__qualname__ = 'CallableProxyType' if _lockweave.version >= (3, 12) else 'weakcallableproxy'


def target(proxy):
    found = object.__getattribute__(proxy, '_reference')()
    if found is None:
        raise ReferenceError("weakly-referenced object no longer exists")
    return found


def plain(x):
    return target(x) if type(x) is ReferencedProxy or type(x) is CallableReferencedProxy else x


def proxy(referent, callback=None, /):
    made = object.__new__(CallableReferencedProxy if callable(referent) else ReferencedProxy)
    if callback is None:
        reference = _weakref.ref(referent)
    else:
        reference = _weakref.ref(referent, lambda dead: callback(made_again()))
        made_again = _weakref.ref(made)
    object.__setattr__(made, '_reference', reference)
    return made
