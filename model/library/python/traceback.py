"""traceback: the text of an exception without source lines (paths differ from machine to machine)."""

import sys

__all__ = ['print_exc', 'format_exc', 'print_exception', 'format_exception', 'format_exception_only', 'print_stack', 'extract_tb', 'format_tb']


def format_exception_only(exc, value=None, **kw):
    error = exc if value is None else value
    name = type(error).__qualname__
    module = type(error).__module__
    if module not in ('builtins', '__main__'):
        name = f'{module}.{name}'
    text = str(error)
    return [f'{name}: {text}\n' if text else f'{name}\n']


def format_tb(tb, limit=None):
    lines = []
    while tb is not None:
        code = tb.tb_frame.f_code
        lines.append(f'  File "{code.co_filename}", line {tb.tb_lineno}, in {code.co_name}\n')
        tb = tb.tb_next
    return lines


def extract_tb(tb, limit=None):
    frames = []
    while tb is not None:
        code = tb.tb_frame.f_code
        frames.append((code.co_filename, tb.tb_lineno, code.co_name, None))
        tb = tb.tb_next
    return frames


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    error = exc if value is None else value
    lines = []
    if chain:
        if error.__cause__ is not None:
            lines += format_exception(error.__cause__)
            lines.append('\nThe above exception was the direct cause of the following exception:\n\n')
        elif error.__context__ is not None and not error.__suppress_context__:
            lines += format_exception(error.__context__)
            lines.append('\nDuring handling of the above exception, another exception occurred:\n\n')
    if error.__traceback__ is not None:
        lines.append('Traceback (most recent call last):\n')
        lines += format_tb(error.__traceback__)
    return lines + format_exception_only(error)


def print_exception(exc, value=None, tb=None, limit=None, file=None, chain=True):
    print(''.join(format_exception(exc, value)), file=sys.stderr if file is None else file, end='')


def format_exc(limit=None, chain=True):
    error = sys.exc_info()[1]
    return 'NoneType: None\n' if error is None else ''.join(format_exception(error))


def print_exc(limit=None, file=None, chain=True):
    print(format_exc(), file=sys.stderr if file is None else file, end='')


def print_stack(f=None, limit=None, file=None):
    pass
