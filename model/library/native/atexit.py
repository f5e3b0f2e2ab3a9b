"""atexit; the machine calls _run_exitfuncs when the main thread and all non-daemon threads have ended."""

_registered = []


def register(function, /, *args, **keywords):
    if not callable(function):
        raise TypeError("the first argument must be callable")
    _registered.append((function, args, keywords))
    return function


def unregister(function, /):
    for entry in list(_registered):
        if entry[0] == function:
            _registered.remove(entry)


def _clear():
    _registered.clear()


def _ncallbacks():
    return len(_registered)


def _run_exitfuncs():
    """Last registered, first run; the last exception is raised when all have run."""
    last_error = None
    while _registered:
        function, args, keywords = _registered.pop()
        try:
            function(*args, **keywords)
        except BaseException as error:
            last_error = error
    if last_error is not None:
        raise last_error
