"""pickle.loads and pickle.dumps (Modules/_pickle.c): no thread switch but inside what they call, which is an import for each global.

Of the opcodes of protocols 0 to 4, those for globals, instances, tuples, lists, dicts, ints, texts, bytes, bools and None; any other is an error
about the subset. Equal texts are one object here, so a text that CPython would write twice is written once.
"""

import _import_c
import _lockweave
import copyreg
import sys

HIGHEST_PROTOCOL = 4 if _lockweave.version < (3, 8) else 5
DEFAULT_PROTOCOL = 3 if _lockweave.version < (3, 8) else 4
_FRAME_SIZE_MIN = 4
_BATCH = 1000

# _compat_pickle, of which protocols below 3 make use
_old_names = {'builtins': '__builtin__', 'copyreg': 'copy_reg', 'queue': 'Queue'}
_new_names = {old: new for new, old in _old_names.items()}
_absent = object()


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


for _error in (PickleError, PicklingError, UnpicklingError):
    _error.__module__ = '_pickle'
del _error


def loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=()):
    if not isinstance(data, (bytes, bytearray)):
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'")
    if encoding != 'ASCII' or errors != 'strict' or buffers:
        _lockweave.unsupported('arguments of pickle.loads besides the data are not modelled')
    return _Unpickler(bytes(data), fix_imports).load()


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    if protocol is None:
        protocol = DEFAULT_PROTOCOL
    if protocol < 0:
        protocol = HIGHEST_PROTOCOL
    if protocol > HIGHEST_PROTOCOL:
        raise ValueError(f'pickle protocol must be <= {HIGHEST_PROTOCOL}')
    if protocol > 4:
        _lockweave.unsupported('pickle protocol 5 is not modelled; name protocol 4')
    return _Pickler(protocol, fix_imports).dump(obj)


def find_class(module_name, name, proto, fix_imports):
    """Unpickler.find_class."""
    if proto < 3 and fix_imports:
        module_name = _new_names.get(module_name, module_name)
    if _import_c.VERSION < (3, 7):
        # What is in sys.modules is taken as it is, half-made or not (bpo-34572; mended in 3.7.3).
        module = _import_c.PyImport_GetModule(module_name)
        if module is _import_c._absent:
            module = _import_c.PyImport_Import(module_name)
    else:
        module = _import_c.PyImport_Import(module_name)
    return _found_attribute(module, name, proto >= 4)


def _found_attribute(module, name, dotted):
    found = module
    for part in name.split('.') if dotted else [name]:
        if part == '<locals>' and dotted:
            raise AttributeError(f"Can't get local attribute {name!r} on {module!r}")
        found = getattr(found, part, _absent)
        if found is _absent:
            raise AttributeError(f"Can't get attribute {name!r} on {module!r}")
    return found


class _Unpickler:
    def __init__(self, data, fix_imports):
        self.data = data
        self.at = 0
        self.fix_imports = fix_imports
        self.proto = 0
        self.stack = []
        self.marks = []
        self.memo = {}

    # --- reading

    def load(self):
        while True:
            if self.at >= len(self.data):
                raise EOFError('Ran out of input')
            code = self.data[self.at]
            self.at += 1
            if code == 0x2e:  # STOP
                return self.pop()
            load = _loaders.get(code)
            if load is None:
                self.refuse(code)
            load(self)

    def refuse(self, code):
        if code in _not_modelled:
            _lockweave.unsupported(f"the pickle holds {_not_modelled[code]}, which is not modelled")
        shown = repr(chr(code)) if 0x20 < code < 0x7f else f"'\\x{code:02x}'"
        raise UnpicklingError(f'invalid load key, {shown}.')

    def read(self, size):
        if self.at + size > len(self.data):
            raise UnpicklingError('pickle data was truncated')
        self.at += size
        return self.data[self.at - size:self.at]

    def number(self, size, signed=False):
        return int.from_bytes(self.read(size), 'little', signed=signed)

    def line(self):
        end = self.data.find(b'\n', self.at)
        if end < 0:
            raise UnpicklingError('pickle data was truncated')
        text = self.data[self.at:end]
        self.at = end + 1
        return text

    # --- the stack

    def push(self, value):
        self.stack.append(value)

    def pop(self):
        if len(self.stack) <= (self.marks[-1] if self.marks else 0):
            raise UnpicklingError('unexpected MARK found' if self.marks else 'unpickling stack underflow')
        return self.stack.pop()

    def top(self):
        value = self.pop()
        self.stack.append(value)
        return value

    def pop_mark(self):
        if not self.marks:
            raise UnpicklingError('could not find MARK')
        mark = self.marks.pop()
        items = self.stack[mark:]
        del self.stack[mark:]
        return items

    # --- opcodes

    def protocol(self):
        self.proto = self.number(1)
        if self.proto > HIGHEST_PROTOCOL:
            raise ValueError(f'unsupported pickle protocol: {self.proto}')

    def frame(self):
        size = self.number(8)
        if self.at + size > len(self.data):
            raise UnpicklingError('pickle data was truncated')

    def int_line(self):
        text = self.line()
        if text in (b'00', b'01'):
            self.push(text == b'01')
            return
        try:
            self.push(int(text))
        except ValueError:
            raise ValueError('could not convert string to int') from None

    def long_line(self):
        text = self.line()
        self.push(int(text[:-1] if text.endswith(b'L') else text))

    def long(self, width):
        size = self.number(width, True)
        if size < 0:
            raise UnpicklingError('LONG pickle has negative byte count')
        self.push(int.from_bytes(self.read(size), 'little', signed=True))

    def text(self, width):
        self.push(self.read(self.number(width)).decode('utf-8'))

    def text_line(self):
        self.push(_from_raw_escapes(self.line()))

    def binary(self, width):
        self.push(self.read(self.number(width)))

    def tuple_of(self, size):
        items = [self.pop() for _ in range(size)]
        items.reverse()
        self.push(tuple(items))

    def append(self):
        value = self.pop()
        self.top().append(value)

    def appends(self):
        items = self.pop_mark()
        self.top().extend(items)

    def set_item(self):
        value = self.pop()
        key = self.pop()
        self.top()[key] = value

    def set_items(self):
        items = self.pop_mark()
        target = self.top()
        for i in range(0, len(items) - 1, 2):
            target[items[i]] = items[i + 1]

    def dictionary(self):
        items = self.pop_mark()
        self.push({items[i]: items[i + 1] for i in range(0, len(items) - 1, 2)})

    def class_of(self, module_name, name):
        self.push(find_class(module_name, name, self.proto, self.fix_imports))

    def global_lines(self):
        module_name = self.line().decode('utf-8')
        name = self.line().decode('utf-8')
        self.class_of(module_name, name)

    def stack_global(self):
        name = self.pop()
        module_name = self.pop()
        if not isinstance(name, str) or not isinstance(module_name, str):
            raise UnpicklingError('STACK_GLOBAL requires str')
        self.class_of(module_name, name)

    def new_object(self):
        arguments = self.pop()
        cls = self.pop()
        if not isinstance(arguments, tuple):
            raise UnpicklingError('NEWOBJ expected an arg tuple.')
        if not isinstance(cls, type):
            if _lockweave.version < (3, 10):
                raise UnpicklingError("NEWOBJ class argument isn't a type object")
            raise UnpicklingError(f"NEWOBJ class argument must be a type, not {type(cls).__name__}")
        self.push(cls.__new__(cls, *arguments))

    def reduce(self):
        arguments = self.pop()
        function = self.pop()
        self.push(function(*arguments))

    def build(self):
        state = self.pop()
        instance = self.top()
        set_state = getattr(instance, '__setstate__', None)
        if set_state is not None:
            set_state(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state is not None:
            if not isinstance(state, dict):
                raise UnpicklingError('state is not a dictionary')
            attributes = instance.__dict__
            for key, value in state.items():
                attributes[key] = value
        if slots is not None:
            if not isinstance(slots, dict):
                raise UnpicklingError('slot state is not a dictionary')
            for key, value in slots.items():
                setattr(instance, key, value)

    def put(self, index):
        self.memo[index] = self.top()

    def get(self, index):
        if index not in self.memo:
            if _lockweave.version < (3, 9):
                raise KeyError(index)
            raise UnpicklingError(f'Memo value not found at index {index}')
        self.push(self.memo[index])


_loaders = {
    0x80: _Unpickler.protocol,
    0x95: _Unpickler.frame,
    ord('('): lambda self: self.marks.append(len(self.stack)),
    ord('0'): lambda self: self.pop() if not self.marks or self.marks[-1] < len(self.stack) else self.marks.pop(),
    ord('1'): lambda self: self.pop_mark(),
    ord('2'): lambda self: self.push(self.top()),
    ord('N'): lambda self: self.push(None),
    0x88: lambda self: self.push(True),
    0x89: lambda self: self.push(False),
    ord('I'): _Unpickler.int_line,
    ord('L'): _Unpickler.long_line,
    ord('J'): lambda self: self.push(self.number(4, True)),
    ord('K'): lambda self: self.push(self.number(1)),
    ord('M'): lambda self: self.push(self.number(2)),
    0x8a: lambda self: self.push(int.from_bytes(self.read(self.number(1)), 'little', signed=True)),
    0x8b: lambda self: self.long(4),
    ord('V'): _Unpickler.text_line,
    ord('X'): lambda self: self.text(4),
    0x8c: lambda self: self.text(1),
    0x8d: lambda self: self.text(8),
    ord('C'): lambda self: self.binary(1),
    ord('B'): lambda self: self.binary(4),
    0x8e: lambda self: self.binary(8),
    ord(')'): lambda self: self.push(()),
    ord('t'): lambda self: self.push(tuple(self.pop_mark())),
    0x85: lambda self: self.tuple_of(1),
    0x86: lambda self: self.tuple_of(2),
    0x87: lambda self: self.tuple_of(3),
    ord(']'): lambda self: self.push([]),
    ord('l'): lambda self: self.push(self.pop_mark()),
    ord('a'): _Unpickler.append,
    ord('e'): _Unpickler.appends,
    ord('}'): lambda self: self.push({}),
    ord('d'): _Unpickler.dictionary,
    ord('s'): _Unpickler.set_item,
    ord('u'): _Unpickler.set_items,
    ord('c'): _Unpickler.global_lines,
    0x93: _Unpickler.stack_global,
    0x81: _Unpickler.new_object,
    ord('R'): _Unpickler.reduce,
    ord('b'): _Unpickler.build,
    ord('p'): lambda self: self.put(int(self.line())),
    ord('q'): lambda self: self.put(self.number(1)),
    ord('r'): lambda self: self.put(self.number(4)),
    0x94: lambda self: self.put(len(self.memo)),
    ord('g'): lambda self: self.get(int(self.line())),
    ord('h'): lambda self: self.get(self.number(1)),
    ord('j'): lambda self: self.get(self.number(4)),
}

_not_modelled = {
    ord('S'): "a text of Python 2", ord('T'): "a text of Python 2", ord('U'): "a text of Python 2", ord('F'): "a float", ord('G'): "a float",
    ord('P'): "a persistent id", ord('Q'): "a persistent id", ord('i'): "an instance of an old-style class", ord('o'): "an instance of an old-style class",
    0x82: "a code of the extension registry", 0x83: "a code of the extension registry", 0x84: "a code of the extension registry",
    0x8f: "a set", 0x90: "a set", 0x91: "a frozenset", 0x92: "an object made with keyword arguments", 0x96: "a bytearray",
    0x97: "an out-of-band buffer", 0x98: "an out-of-band buffer",
}


def _from_raw_escapes(data):
    """raw-unicode-escape: Latin-1, but for \\uXXXX and \\UXXXXXXXX."""
    text = data.decode('latin-1')
    parts = []
    at = 0
    while at < len(text):
        width = {'\\u': 4, '\\U': 8}.get(text[at:at + 2], 0)
        digits = text[at + 2:at + 2 + width]
        if width and len(digits) == width:
            parts.append(chr(int(digits, 16)))
            at += 2 + width
        else:
            parts.append(text[at])
            at += 1
    return ''.join(parts)


def _raw_escapes(text):
    parts = []
    for character in text:
        code = ord(character)
        if character in '\\\0\n\r\x1a':
            parts.append(f'\\u{code:04x}')
        elif code < 256:
            parts.append(character)
        else:
            parts.append(f'\\u{code:04x}' if code < 0x10000 else f'\\U{code:08x}')
    return ''.join(parts).encode('latin-1')


class _Pickler:
    def __init__(self, proto, fix_imports):
        self.proto = proto
        self.binary = proto >= 1
        self.fix_imports = fix_imports and proto < 3
        self.out = []
        self.memo = []

    def dump(self, obj):
        self.save(obj)
        self.write(b'.')
        body = b''.join(self.out)
        if self.proto >= 4 and len(body) >= _FRAME_SIZE_MIN:
            body = b'\x95' + len(body).to_bytes(8, 'little') + body
        if self.proto >= 2:
            body = b'\x80' + bytes([self.proto]) + body
        return body

    def write(self, data):
        self.out.append(data)

    def remember(self, obj):
        index = len(self.memo)
        self.memo.append(obj)
        if self.proto >= 4:
            self.write(b'\x94')
        elif not self.binary:
            self.write(f'p{index}\n'.encode())
        else:
            self.write(b'q' + bytes([index]) if index < 256 else b'r' + index.to_bytes(4, 'little'))

    def index_of(self, obj):
        for index, known in enumerate(self.memo):
            if known is obj:
                return index
        return None

    def recall(self, index):
        if not self.binary:
            self.write(f'g{index}\n'.encode())
        else:
            self.write(b'h' + bytes([index]) if index < 256 else b'j' + index.to_bytes(4, 'little'))

    def save(self, obj):
        cls = type(obj)
        if obj is None:
            self.write(b'N')
        elif cls is bool:
            self.write((b'\x88' if obj else b'\x89') if self.proto >= 2 else (b'I01\n' if obj else b'I00\n'))
        elif cls is int:
            self.save_int(obj)
        elif self.index_of(obj) is not None:
            self.recall(self.index_of(obj))
        elif cls is str:
            self.save_text(obj)
        elif cls is bytes:
            self.save_bytes(obj)
        elif cls is tuple:
            self.save_tuple(obj)
        elif cls is list:
            self.save_list(obj)
        elif cls is dict:
            self.save_dict(obj)
        elif cls is type or cls is _function or cls is _builtin:
            self.save_global(obj)
        else:
            self.save_reduced(obj, cls)

    def save_int(self, number):
        if not -0x80000000 <= number <= 0x7fffffff:
            return self.save_long(number)
        if not self.binary:
            self.write(f'I{number}\n'.encode() if _lockweave.version >= (3, 7) else f'L{number}L\n'.encode())
        elif 0 <= number < 256:
            self.write(b'K' + bytes([number]))
        elif 0 <= number < 65536:
            self.write(b'M' + number.to_bytes(2, 'little'))
        else:
            self.write(b'J' + number.to_bytes(4, 'little', signed=True))

    def save_long(self, number):
        if self.proto < 2:
            self.write(f'L{number}L\n'.encode())
            return
        size = number.bit_length() // 8 + 1
        if number < 0 and -number == 1 << (8 * size - 9):
            size -= 1  # the least number of that many bytes
        width = b'\x8a' + bytes([size]) if size < 256 else b'\x8b' + size.to_bytes(4, 'little')
        self.write(width + number.to_bytes(size, 'little', signed=True))

    def save_text(self, text):
        if not self.binary:
            self.write(b'V' + _raw_escapes(text) + b'\n')
        else:
            data = text.encode('utf-8')
            short = self.proto >= 4 and len(data) < 256
            self.write((b'\x8c' + bytes([len(data)]) if short else b'X' + len(data).to_bytes(4, 'little')) + data)
        self.remember(text)

    def save_bytes(self, data):
        if self.proto < 3:
            _lockweave.unsupported('pickling bytes below protocol 3 is not modelled')
        self.write((b'C' + bytes([len(data)]) if len(data) < 256 else b'B' + len(data).to_bytes(4, 'little')) + data)
        self.remember(data)

    def save_tuple(self, items):
        if not items:
            self.write(b')' if self.binary else b'(t')
            return
        short = self.proto >= 2 and len(items) <= 3
        if not short:
            self.write(b'(')
        for item in items:
            self.save(item)
        if self.index_of(items) is not None:  # it holds itself
            self.write(b'0' * len(items) if short else (b'1' if self.binary else b'0' * (len(items) + 1)))
            self.recall(self.index_of(items))
            return
        self.write(bytes([0x84 + len(items)]) if short else b't')
        self.remember(items)

    def save_list(self, items):
        self.write(b']' if self.binary else b'(l')
        self.remember(items)
        self.save_batches(items, b'a', b'e', self.save)

    def save_dict(self, items):
        self.write(b'}' if self.binary else b'(d')
        self.remember(items)
        self.save_batches(list(items.items()), b's', b'u', self.save_pair)

    def save_pair(self, pair):
        self.save(pair[0])
        self.save(pair[1])

    def save_batches(self, items, one, many, save):
        for begin in range(0, len(items), _BATCH if self.binary else 1):
            batch = items[begin:begin + _BATCH] if self.binary else [items[begin]]
            if self.binary and len(batch) > 1:
                self.write(b'(')
            for item in batch:
                save(item)
            self.write(many if len(batch) > 1 else one)

    def save_global(self, obj):
        name = getattr(obj, '__qualname__', None) or obj.__name__
        module_name = getattr(obj, '__module__', None) or ('builtins' if type(obj) is _builtin else '__main__')
        if '<locals>' in name.split('.'):
            raise AttributeError(f"Can't {'get' if _lockweave.version >= (3, 13) else 'pickle'} local object {name!r}")
        try:
            module = _import_c.PyImport_Import(module_name)
        except ImportError:
            raise PicklingError(f"Can't pickle {obj!r}: import of module {module_name!r} failed") from None
        try:
            found = _found_attribute(module, name, True)
        except AttributeError:
            raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module_name} failed") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(b'\x93')
        else:
            if '.' in name:
                _lockweave.unsupported('pickling a nested class below protocol 4 is not modelled')
            if self.fix_imports:
                module_name = _old_names.get(module_name, module_name)
            self.write(f'c{module_name}\n{name}\n'.encode())
        self.remember(obj)

    def save_reduced(self, obj, cls):
        if isinstance(obj, type):
            return self.save_global(obj)  # of another metaclass
        reduce = getattr(cls, '__reduce__', None)
        if reduce is not None and reduce is not getattr(object, '__reduce__', None):
            return self.save_value(obj, obj.__reduce__())
        if cls.__module__ in ('builtins', 'types') or hasattr(cls, '__getnewargs__') or hasattr(cls, '__slots__'):
            self.refuse(obj, cls)
        for base in cls.__mro__[:-1]:
            if base.__module__ == 'builtins':
                self.refuse(obj, cls)
        if self.proto < 2:
            return self.save_value(obj, (copyreg._reconstructor, (cls, object, None), self.state_of(obj)))
        self.save(cls)
        self.write(b')\x81')
        self.remember(obj)
        self.save_state(self.state_of(obj))

    def refuse(self, obj, cls):
        if cls.__name__ in ('module', 'generator', 'coroutine', 'frame', 'traceback', 'lock', 'RLock', 'code'):
            name = cls.__name__ if cls.__module__ == 'builtins' else f'{cls.__module__}.{cls.__name__}'
            raise TypeError(f"can't pickle {name} objects" if _lockweave.version < (3, 8) else f"cannot pickle {name!r} object")
        _lockweave.unsupported(f'pickling an object of class {cls.__name__} is not modelled')

    def state_of(self, obj):
        get_state = getattr(type(obj), '__getstate__', None)
        if get_state is not None and get_state is not getattr(object, '__getstate__', None):
            return obj.__getstate__()
        return obj.__dict__ or None

    def save_value(self, obj, value):
        if not isinstance(value, tuple) or not 2 <= len(value) <= 3:
            _lockweave.unsupported('what __reduce__ has returned is not modelled: only a tuple of two or three is')
        self.save(value[0])
        self.save(value[1])
        self.write(b'R')
        self.remember(obj)
        self.save_state(value[2] if len(value) > 2 else None)

    def save_state(self, state):
        if state is not None:
            self.save(state)
            self.write(b'b')


_function = type(_raw_escapes)
_builtin = type(len)
