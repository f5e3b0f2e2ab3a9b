"""warnings: what is shown goes to the error output, which is no part of a program's behaviour. Left are filters that make an exception of a warning, and
lists that catch_warnings(record=True) fills. Messages and modules are compared as plain beginnings, not as regular expressions."""

__all__ = ['warn', 'warn_explicit', 'showwarning', 'filterwarnings', 'simplefilter', 'resetwarnings', 'catch_warnings', 'WarningMessage']

filters = []
_recorded = None


class WarningMessage:
    def __init__(self, message, category):
        self.message = message
        self.category = category


def warn(message, category=None, stacklevel=1, source=None, **kw):
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    if not isinstance(message, Warning):
        message = category(message)
    action = 'default'
    for item in filters:
        if issubclass(category, item[2]) and str(message).startswith(item[1] or ''):
            action = item[0]
            break
    if action == 'error':
        raise message
    if action != 'ignore' and _recorded is not None:
        _recorded.append(WarningMessage(message, category))


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    warn(message, category)


def showwarning(message, category, filename, lineno, file=None, line=None):
    pass


def filterwarnings(action, message='', category=Warning, module='', lineno=0, append=False):
    _add_filter((action, message, category, module, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    _add_filter((action, None, category, None, lineno), append)


def _add_filter(item, append):
    if append:
        filters.append(item)
    else:
        filters.insert(0, item)


def resetwarnings():
    filters[:] = []


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._action = action
        self._category = category

    def __enter__(self):
        global filters, _recorded
        self._saved = filters, _recorded
        filters = filters[:]
        _recorded = [] if self._record else _recorded
        if self._action is not None:
            simplefilter(self._action, self._category)
        return _recorded if self._record else None

    def __exit__(self, *exc_info):
        global filters, _recorded
        filters, _recorded = self._saved


def deprecated(message, /, *, category=DeprecationWarning, stacklevel=1):
    return lambda decorated: decorated
