"""Writes method_cases.txt: what the real Python that runs this answers. `python3.12 make_method_cases.py > method_cases.txt`

One case a line, four columns with tabs between them: what is called, its arguments as a tuple, the answer (repr, or the exception
and its message), and for a method that changes its self what self is then. What is called: `type.method`, `type` for the
constructor, or an operator.
"""

import copy
import operator

TEXTS = ['', 'Hello World', ' a  b c ', 'a,b,,c', 'ÀÉß', 'x\ty\n', "it's 1", 'λσΣ', '😀aa']
NUMBERS = [0, 7, -7, 10**20, -2**55, 2**63, True, -0.0, 0.5, -2.5, 1e16, 1/3]
LISTS = [[], [3, 1, 2], ['b', 'a'], [1, 1.0, True], [[1], [2]], [1, 2, 3, 4, 5]]
SETS = [set(), {1}, {1, 2}, {2, 3}, frozenset([1, 2])]
DICTS = [{}, {1: 2}, {'a': 1, 'b': [2]}, {1: 2, 3: 4}]

OPERATORS = {
    '+': operator.add, '-': operator.sub, '*': operator.mul, '/': operator.truediv, '//': operator.floordiv,
    '%': operator.mod, '**': operator.pow, '<<': operator.lshift, '>>': operator.rshift, '&': operator.and_, '|': operator.or_,
    '^': operator.xor, '==': operator.eq, '!=': operator.ne, '<': operator.lt, '<=': operator.le, '>': operator.gt,
    '>=': operator.ge, '[]': operator.getitem, 'in': operator.contains, 'len': len, 'bool': bool, 'neg': operator.neg,
    'pos': operator.pos, 'invert': operator.invert, 'repr': repr, 'str': str, 'format': format, 'abs': abs, 'round': round,
    'divmod': divmod, 'pow': pow, 'ascii': ascii,
}


def answer(function, arguments):
    try:
        return ascii(function(*arguments))
    except Exception as error:
        return f'{type(error).__name__}: {error}'.encode('ascii', 'backslashreplace').decode()


def show(name, function, *arguments, changes=False):
    before = ascii(arguments)
    own = copy.deepcopy(arguments)
    text = answer(function, own)
    if text.endswith('j)'):  # complex numbers are outside our Python
        return
    after = ascii(own[0]) if changes else ''
    if '\n' not in text:
        print(name, before, text, after, sep='\t')


def method(name, *arguments, changes=False):
    kind, _, function = name.partition('.')
    import builtins
    show(name, getattr(getattr(builtins, kind), function), *arguments, changes=changes)


def construct(name, *arguments):
    import builtins
    show(name, getattr(builtins, name), *arguments)


def texts():
    for text in TEXTS:
        for name in ('upper lower title capitalize swapcase casefold isalpha isalnum isdecimal isdigit isnumeric isspace isprintable '
                     'isascii isupper islower istitle isidentifier strip lstrip rstrip split rsplit splitlines expandtabs encode').split():
            method('str.' + name, text)
        for part in ('a', '', 'b', 'é'):
            for name in 'find rfind count startswith endswith partition rpartition split removeprefix removesuffix strip'.split():
                method('str.' + name, text, part)
            method('str.replace', text, part, '-')
            show('in', operator.contains, text, part)
        for width in (0, 5, 8):
            method('str.center', text, width)
            method('str.ljust', text, width, '.')
            method('str.rjust', text, width)
            method('str.zfill', text, width)
        for key in (0, -1, 3, slice(1, None), slice(None, None, -1), slice(0, 5, 2), slice(-3, -1)):
            show('[]', operator.getitem, text, key)
        show('repr', repr, text)
        show('ascii', ascii, text)
        method('str.split', text, None, 1)
        method('str.rsplit', text, None, 1)
        method('str.splitlines', text, True)
        method('str.join', text, ['x', 'y'])
        method('str.find', text, 'a', 1)
        method('str.rfind', text, '', 0, 2)
        method('str.count', text, 'a', 1, -1)
        method('str.startswith', text, ('x', 'a'), 1)
        method('str.encode', text, 'ascii', 'replace')
        method('str.translate', text, {97: 'Z', 98: None, 99: 100})
    for bad in ((1,), (None,)):
        for name in 'find index startswith split partition replace join strip center zfill'.split():
            method('str.' + name, 'abc', *bad)
    method('str.join', ',', ['a', 1])
    method('str.index', 'abc', 'z')
    method('str.split', 'abc', '')


def formats():
    for spec in ('', '5', '<5', '^7', '>5', '05', '+', ' ', ',', '_', 'd', 'x', '#x', 'X', 'o', '#o', 'b', '#b', '08b', 'c', 'e', '.2e', 'f', '.0f',
                 '.3f', 'g', '.3g', 'n', '%', '.1%', '+,.2f', '*^12', '=+9', '010,', '012,.1f', 's', '.2', 'q', '5.', ',x', '_x', '#g', 'z.1f', '.1'):
        for value in (42, -1234567, 10**20, -0.04, 1234567.891, float('inf'), True, 'é'):
            if spec == 'n' and value == 'abc':
                continue
            show('format', format, value, spec)
    for template in ('%d', '%5d|', '%-5d|', '%05d', '%+d', '% d', '%x', '%#X', '%o', '%e', '%.2f', '%g', '%c', '%s', '%r', '%a', '%10.3s|', '%.0f', '%5.1f', '%i%%'):
        for value in (0, 65, -7, 1.5, -2.25, 10**20, 'text', 'é', None, True, [1, 'a'], (3,)):
            show('%', operator.mod, template, value)
    for template, values in (('%s %s', (1, 2)), ('%s', (1, 2)), ('%s %s', (1,)), ('%(a)d %(b)s', {'a': 1, 'b': 'x'}), ('%(a)s', {}), ('%(a)s', 1),
                             ('%*d|%-*d|', (5, 1, 5, 2)), ('%.*f', (2, 1.5)), ('%', ()), ('%y', 1), ('%(a', {}), ('100%%', ()), ('%d', 'x'), ('%c', 'ab')):
        show('%', operator.mod, template, values)
    for template, values in (('{} {}', (1, 'a')), ('{0}{1}{0}', (1, 2)), ('{!r} {!s} {!a}', ('é', 'é', 'é')), ('{:>5}|{:<5}|{:^5}', ('a', 'b', 'c')),
                             ('{:{}}', ('x', 5)), ('{:{}.{}f}', (3.14159, 10, 2)), ('{0[0]} {0[1]}', ([1, 2],)), ('{0[k]}', ({'k': 5},)), ('{{}}', ()),
                             ('{', ()), ('}', ()), ('{}', ()), ('{0}{}', (1,)), ('{a}', ()), ('{!z}', (1,)), ('{0[}', (1,)), ('{:d}', ('a',))):
        method('str.format', template, *values)


def numbers():
    for a in NUMBERS:
        for name in ('repr', 'neg', 'bool', 'abs'):
            show(name, OPERATORS[name], a)
        if not isinstance(a, bool):
            show('round', round, a)
            show('round', round, a, 1)
        for b in NUMBERS:
            for name in ('+', '-', '*', '/', '//', '%', '<', '=='):
                show(name, OPERATORS[name], a, b)
        for b in (0, 1, 3, -2, 0.5):
            show('**', operator.pow, a, b)
            show('divmod', divmod, a, b)
    for a in (0, 5, -5, 2**70, -2**70, True):
        show('invert', operator.invert, int(a))
        for b in (0, 3, -2, 2**65, False):
            for name in ('&', '|', '^'):
                show(name, OPERATORS[name], a, b)
        for b in (0, 3, 70, -1):
            show('<<', operator.lshift, a, b)
            show('>>', operator.rshift, a, b)
    for arguments in ((2, 10, 1000), (3, -1, 7), (2, -1, 4), (2, 3, 0), (-3, 3, -5)):
        show('pow', pow, *arguments)
    for text in ('12', ' -7 ', '1_000', '1__0', '', 'x', '0x1f', '９', '1.5', '-'):
        construct('int', text)
        construct('float', text)
    for text, base in (('ff', 16), ('0xff', 16), ('0b11', 0), ('010', 0), ('z', 36), ('9', 8), ('1', 1)):
        construct('int', text, base)
    for value in (1.9, -1.9, 1e20, float('inf'), float('nan'), True, None, [], b'12'):
        construct('int', value)
        construct('float', value)
        construct('bool', value)
    for text in ('1e5', '.5', '5.', '1e400', '-1e-400', 'inf', '-Infinity', 'nan', '1_0.0', '1e', '.', '0x1p3'):
        construct('float', text)
    for value in (0, 1, 255, -256, 2**70):
        method('int.bit_length', value)
        method('int.to_bytes', value, 9, 'big')
        method('int.to_bytes', value, 2, 'little')
    for value in (1.5, 0.1, -3.0, 1e16):
        for name in ('is_integer', 'hex', 'as_integer_ratio'):
            method('float.' + name, value)


def sequences():
    for items in LISTS:
        for name in ('reverse', 'copy', 'clear', 'pop', 'sort'):
            method('list.' + name, items, changes=True)
        for item in (1, 'a', [1], 2.0):
            for name in ('append', 'remove', 'index', 'count', 'extend'):
                method('list.' + name, items, item, changes=True)
            show('in', operator.contains, items, item)
        for index in (0, -1, 5, -9):
            method('list.insert', items, index, 'new', changes=True)
            method('list.pop', items, index, changes=True)
            method('list.__setitem__', items, index, 'new', changes=True)
            method('list.__delitem__', items, index, changes=True)
            show('[]', operator.getitem, items, index)
            show('[]', operator.getitem, tuple(items), index)
        for part in (slice(None), slice(1, 3), slice(None, None, 2), slice(None, None, -1), slice(3, 1), slice(-2, None), slice(1, 100, 3)):
            show('[]', operator.getitem, items, part)
            show('[]', operator.getitem, range(len(items)), part)
            method('list.__delitem__', items, part, changes=True)
            method('list.__setitem__', items, part, ['x', 'y'], changes=True)
        for other in LISTS:
            for name in ('+', '==', '<', '>='):
                show(name, OPERATORS[name], items, other)
                show(name, OPERATORS[name], tuple(items), tuple(other))
        for times in (0, 2, -1):
            show('*', operator.mul, items, times)
        show('+', operator.add, items, (1,))
        show('*', operator.mul, items, 'a')
        show('[]', operator.getitem, items, 'a')
        construct('tuple', items)
        construct('list', tuple(items))
    for value in ('ab', {1: 2}, {3}, range(3), b'ab', 5, None):
        construct('list', value)
        construct('tuple', value)
    for arguments in ((5,), (1, 5), (5, 1, -2), (1, 2, 0), ('a',), (0,)):
        construct('range', *arguments)
    for item in (0, 3, 4.0, 'a', 10**20):
        show('in', operator.contains, range(0, 10, 2), item)


def tables():
    for d in DICTS:
        for key in (1, 1.0, 'a', 'zz', (1, 2), [], {}):
            for name in ('get', 'pop', 'setdefault', '__getitem__', '__delitem__', '__contains__'):
                method('dict.' + name, d, key, changes=True)
            method('dict.pop', d, key, 'absent', changes=True)
            method('dict.setdefault', d, key, 9, changes=True)
            method('dict.__setitem__', d, key, 9, changes=True)
        for name in ('copy', 'clear', 'popitem', '__len__'):
            method('dict.' + name, d, changes=True)
        for other in DICTS + [[(1, 2)], [[5, 6]], [1], [(1, 2, 3)], 5]:
            method('dict.update', d, other, changes=True)
            show('==', operator.eq, d, other)
            show('|', operator.or_, d, other)
        construct('dict', d)
        show('repr', repr, d)
        show('bool', bool, d)
    for s in SETS:
        for item in (1, 1.0, 5, 'a', [], (1,)):
            show('in', operator.contains, s, item)
            if isinstance(s, set):
                for name in ('add', 'discard', 'remove'):
                    method('set.' + name, s, item, changes=True)
        for other in SETS:
            for name in ('|', '&', '-', '^', '==', '<', '<=', '>', '>='):
                show(name, OPERATORS[name], s, other)
            for name in ('issubset', 'issuperset', 'isdisjoint'):
                method(type(s).__name__ + '.' + name, s, sorted(other))
            if isinstance(s, set):
                for name in ('update', 'intersection_update', 'difference_update', 'symmetric_difference_update'):
                    method('set.' + name, s, sorted(other), changes=True)
        show('|', operator.or_, s, [1])
        show('repr', repr, s)


def other_bytes():
    for content in (b'', b'abc', b' a b ', b'\xff\x00"'):
        for name in 'upper lower strip split hex decode isalpha splitlines'.split():
            method('bytes.' + name, content)
        for part in (b'a', b'', 97, 'a'):
            for name in 'find count startswith split replace'.split():
                method('bytes.' + name, content, part, *((b'-',) if name == 'replace' else ()))
            show('in', operator.contains, content, part)
        show('repr', repr, content)
        for key in (0, -1, slice(None, None, -1), 'a'):
            show('[]', operator.getitem, content, key)
    for value in (3, -1, [1, 2], [256], 'a', b'x', 1.5, range(3)):
        construct('bytes', value)


for section in (texts, formats, numbers, sequences, tables, other_bytes):
    section()
