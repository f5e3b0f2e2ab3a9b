"""traceback: the text of an exception without source lines (paths differ from machine to machine)."""

import sys
import _lockweave

__all__ = ['print_exc', 'format_exc', 'print_exception', 'format_exception', 'format_exception_only', 'print_stack', 'extract_tb', 'format_tb',
           'extract_stack', 'format_list', 'format_stack', 'print_tb', 'walk_tb', 'FrameSummary', 'StackSummary']


def format_exception_only(exc, value=None, **kw):
    error = exc if value is None else value
    name = type(error).__qualname__
    module = type(error).__module__
    if module not in ('builtins', '__main__'):
        name = f'{module}.{name}'
    text = str(error)
    return [f'{name}: {text}\n' if text else f'{name}\n']


class FrameSummary:
    __slots__ = ('filename', 'lineno', 'name', 'line')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = _source_line(filename, lineno) if line is None else line

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __len__(self):
        return 4

    def __eq__(self, other):
        if isinstance(other, (FrameSummary, tuple)):
            return tuple(self) == tuple(other)
        return NotImplemented

    def __repr__(self):
        return f'<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>'


class StackSummary(list):
    def format(self):
        return format_list(self)


def _source_line(filename, lineno):
    try:
        lines = _lockweave.file_source(filename).splitlines()
    except OSError:
        return ''
    return lines[lineno - 1].strip() if 0 < lineno <= len(lines) else ''


def format_list(extracted_list):
    lines = []
    for filename, lineno, name, line in extracted_list:
        shown = f'  File "{filename}", line {lineno}, in {name}\n'
        lines.append(shown + f'    {line}\n' if line else shown)
    return lines


def format_tb(tb, limit=None):
    return format_list(extract_tb(tb, limit))


def extract_tb(tb, limit=None):
    frames = StackSummary()
    while tb is not None:
        code = tb.tb_frame.f_code
        frames.append(FrameSummary(code.co_filename, tb.tb_lineno, code.co_name))
        tb = tb.tb_next
    if limit is not None:
        frames = StackSummary(frames[:limit] if limit >= 0 else frames[limit:])
    return frames


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def extract_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe().f_back
    frames = StackSummary()
    while f is not None:
        frames.insert(0, FrameSummary(f.f_code.co_filename, f.f_lineno, f.f_code.co_name))
        f = f.f_back
    return frames


def format_stack(f=None, limit=None):
    return format_list(extract_stack(sys._getframe().f_back if f is None else f, limit))


def print_tb(tb, limit=None, file=None):
    print(''.join(format_tb(tb, limit)), file=sys.stderr if file is None else file, end='')


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
