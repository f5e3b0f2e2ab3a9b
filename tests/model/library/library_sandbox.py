"""Runs programs on a real Python with our library texts in place of its standard library.

The machine's intrinsic module `_lockweave` is played by real Python: the *plain* functions by the real operations, threads by real
threads. Needs Python 3.11 or newer.
"""

import _thread
import _weakref
import _imp
import builtins
import functools
import gc
import math
import os
import random
import sys
import time
import types

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')
LIBRARY = os.path.join(ROOT, 'model', 'library')
HEAP_TYPE = 1 << 9
# After _classes.py, in the order of model/world.cpp.
TEXTS_OF_BUILTINS = ('_iterators', '_bytearray', '_builtins', '_text', '_str_format', '_comparison', '_arithmetic', '_objects', '_items', '_machine',
                     '_containers')
INTRINSIC = {'_thread': _thread, '_weakref': _weakref, '_imp': _imp}


class Handle:
    def __init__(self, name):
        self.name = name
        self.ident = None
        self.started = _thread.allocate_lock()
        self.started.acquire()
        self.ended = _thread.allocate_lock()
        self.ended.acquire()
        self.has_ended = False
        self.error = None


class Machine:
    """What `_lockweave` and `sys` are in the sandbox, and the modules that it has loaded."""

    def __init__(self, scenario=()):
        self.scenario = dict(scenario)
        self.output = []
        self.handles = {}
        self.dictionaries = {}
        self.main = Handle('MainThread')
        self.main.ident = _thread.get_ident()
        self.handles[self.main.ident] = self.main
        self.sys = types.ModuleType('sys')
        self.sys.__dict__.update({key: value for key, value in sys.__dict__.items() if not key.startswith('__')})
        self.modules = self.sys.modules = {'sys': self.sys}
        self.modules.update(INTRINSIC)
        self.lockweave = self.modules['_lockweave'] = make_lockweave(self)
        self.builtins = dict(builtins.__dict__)
        self.builtins['__import__'] = self.import_name
        self.builtins['print'] = self.print
        self.builtins_module = self.modules['builtins'] = types.ModuleType('builtins')
        self.builtins_module.__dict__.update(self.builtins)
        native = self.load('_builtins', 'native/_classes.py')
        for name in TEXTS_OF_BUILTINS:
            name += '.py'
            with open(os.path.join(LIBRARY, 'native', name)) as stream:
                exec(compile(stream.read(), name, 'exec'), native.__dict__)
        for name, value in native.__dict__.items():
            if not name.startswith('_') and not isinstance(value, types.ModuleType):
                self.builtins[name] = value
        self.native_builtins = native
        importlib = types.ModuleType('_frozen_importlib')
        importlib.__dict__.update(sys.modules['_frozen_importlib'].__dict__)
        self.modules['_frozen_importlib'] = importlib
        self.modules['_frozen_importlib_external'] = self.load('_machine_importers', 'native/_machine_importers.py', importlib=importlib,
                                                               sys=self.sys)

    def print(self, *args, sep=' ', end='\n', file=None):
        if file is not None and file is not sys.stderr:
            file.write(sep.join(map(str, args)) + end)
        else:
            self.output.append(sep.join(map(str, args)) + end)

    def load(self, name, path, is_package=False, **injected):
        module = types.ModuleType(name)
        module.__package__ = name if is_package else name.rpartition('.')[0]
        if is_package:
            module.__path__ = []
        module.__builtins__ = self.builtins
        module.__dict__.update(injected)
        self.modules[name] = module
        path = os.path.join(LIBRARY, path)
        with open(path) as stream:
            exec(compile(stream.read(), path, 'exec'), module.__dict__)
        return self.modules[name]

    def find(self, name):
        if name in self.modules:
            return self.modules[name]
        parent, _, child = name.rpartition('.')
        if parent:
            self.find(parent)
            if name in self.modules:
                return self.modules[name]
        for path, is_package in (('native/%s.py', False), ('python/%s.py', False), ('python/%s/__init__.py', True)):
            path %= name.replace('.', '/')
            if os.path.exists(os.path.join(LIBRARY, path)):
                module = self.load(name, path, is_package)
                if parent:
                    setattr(self.modules[parent], child, module)
                return module
        raise ModuleNotFoundError('No module named %r' % name, name=name)

    def import_name(self, name, globals=None, locals=None, fromlist=(), level=0):
        if level:
            package = globals['__package__'].rsplit('.', level - 1)[0]
            name = package + '.' + name if name else package
        module = self.find(name)
        if fromlist:
            for item in fromlist:
                if item != '*' and not hasattr(module, item) and hasattr(module, '__path__'):
                    self.find(name + '.' + item)
            return module
        return module if level else self.modules[name.partition('.')[0]]

    def run(self, text, name='program.py'):
        module = types.ModuleType('__main__')
        module.__builtins__ = self.builtins
        exec(compile(text, name, 'exec'), module.__dict__)
        return ''.join(self.output)


def make_lockweave(machine):
    m = types.ModuleType('_lockweave')
    m.missing = missing = type('missing', (), {'__repr__': lambda self: '<missing>'})()
    m.version = sys.version_info[:2]
    m.switches_after_calls = True
    m.finder_sees_files = True
    m.modification_times = 'change'
    m.initial_files = tuple((name, text.encode()) for name, text in sorted(machine.scenario.items()) if isinstance(text, str))

    m.note_subclass = lambda cls: None
    m.mathematics = lambda name, *numbers: getattr(math, name)(*numbers)

    def lookup_type(cls, name):
        for base in cls.__mro__:
            if name in base.__dict__:
                return base.__dict__[name]
        return missing

    def lookup_special(x, name):
        for base in type(x).__mro__:
            if base.__flags__ & HEAP_TYPE and name in base.__dict__:
                found = base.__dict__[name]
                if found is None:
                    return None
                get = getattr(type(found), '__get__', None)
                return found if get is None else get(found, x, type(x))
        return missing

    def plain_binary(symbol, a, b):
        types_ = tuple(base for base in (int, float, str, list, tuple, set, frozenset, dict, bytes) if isinstance(a, base))
        if not types_:
            return NotImplemented
        try:
            return eval('a ' + symbol + ' b') if not symbol.endswith('=') else augmented(symbol, types_[0](a), b)
        except TypeError:
            return NotImplemented

    def augmented(symbol, a, b):
        scope = {'a': a, 'b': b}
        exec('a %s b' % symbol, scope)
        return scope['a']

    def plain_compare(op, a, b):
        name = {'<': '__lt__', '<=': '__le__', '==': '__eq__', '!=': '__ne__', '>': '__gt__', '>=': '__ge__'}[op]
        for base in type(a).__mro__:
            if not base.__flags__ & HEAP_TYPE and name in base.__dict__ and base is not object:
                return base.__dict__[name](a, b)
        return NotImplemented

    def plain_unary(symbol, a):
        if not isinstance(a, (int, float)):
            return NotImplemented
        return abs(a) if symbol == 'abs' else eval(symbol + 'a')

    def base_method(x, name):
        for base in type(x).__mro__:
            if not base.__flags__ & HEAP_TYPE and name in base.__dict__:
                return functools.partial(base.__dict__[name], x)

    m.lookup_type, m.lookup_special = lookup_type, lookup_special
    m.plain_binary, m.plain_compare, m.plain_unary = plain_binary, plain_compare, plain_unary
    m.plain_repr = lambda x: base_method(x, '__repr__')()
    m.plain_str = lambda x: str.__str__(x)
    m.plain_format = lambda x, spec: base_method(x, '__format__')(spec)
    m.plain_int, m.plain_float = int, float
    m.plain_truth = lambda x: bool(base_method(x, '__bool__' if isinstance(x, (int, float)) else '__len__')()) \
        if isinstance(x, (int, float, str, list, tuple, dict, set, frozenset)) else x is not None
    m.plain_len = len
    m.plain_hash = lambda x: base_method(x, '__hash__')()
    m.plain_iter = lambda x: base_method(x, '__iter__')() if base_method(x, '__iter__') else iter(x)
    m.plain_getitem = lambda x, k: base_method(x, '__getitem__')(k) if base_method(x, '__getitem__') else x[k]
    m.plain_setitem = lambda x, k, v: base_method(x, '__setitem__')(k, v)
    m.plain_delitem = lambda x, k: base_method(x, '__delitem__')(k)
    m.plain_contains = lambda x, item: item in x
    m.plain_getattr = object.__getattribute__
    m.plain_setattr, m.plain_delattr = object.__setattr__, object.__delattr__
    m.plain_isinstance = lambda x, cls: type.__instancecheck__(cls, x)
    m.plain_issubclass = lambda a, b: type.__subclasscheck__(b, a)
    m.plain_dir = dir
    m.is_iterator = lambda x: hasattr(type(x), '__next__')

    m.table_candidates = lambda t, h: [key for key in list(t) if hash(key) == h]
    m.table_value = lambda t, key: [value for other, value in dict.items(t) if other is key][0]

    def table_store(t, key, h, value):
        dict.__setitem__(t, key, value) if isinstance(t, dict) else set.add(t, key)

    def table_remove(t, key):
        dict.__delitem__(t, key) if isinstance(t, dict) else set.remove(t, key)

    m.table_store, m.table_remove = table_store, table_remove

    def run_class_body(function, namespace):
        exec(function.__code__, function.__globals__, namespace, closure=function.__closure__)
        return namespace.pop('__classcell__', None)

    m.run_class_body = run_class_body
    m.make_class = lambda meta, name, bases, namespace: type.__new__(meta, name, bases, dict(namespace))
    m.set_cell = lambda cell, value: setattr(cell, 'cell_contents', value)
    m.caller_locals = lambda: sys._getframe(2).f_locals

    m.is_standard_stream = lambda file: file is sys.stdout or file is sys.stderr
    m.write = lambda file, text: machine.output.append(text)
    m.io = lambda: time.sleep(0.0001 * random.random())
    m.clock = time.monotonic
    m.choose = random.randrange
    m.state_property = lambda kind, function: None
    m.collect = gc.collect

    def unsupported(text):
        raise NotImplementedError(text)

    m.unsupported = unsupported

    def spawn(function, name, daemon, *arguments):
        handle = Handle(name)

        def bootstrap():
            handle.ident = _thread.get_ident()
            machine.handles[handle.ident] = handle
            try:
                function(*arguments)
            except BaseException as error:
                handle.error = error
                machine.output.append('thread ended by %s\n' % type(error).__name__)
            finally:
                machine.dictionaries.pop(handle.ident, None)
                handle.has_ended = True
                handle.ended.release()

        _thread.start_new_thread(bootstrap, ())
        return handle

    def await_started(handle):
        handle.started.acquire()
        handle.started.release()

    def join(handle, timeout):
        if handle.ended.acquire(True, -1 if timeout is None else timeout):
            handle.ended.release()
        return handle.has_ended

    m.spawn, m.await_started, m.join = spawn, await_started, join
    m.current = lambda: machine.handles[_thread.get_ident()]
    m.set_started = lambda: m.current().started.release()
    m.hands_out_thread = lambda: None
    m.has_started = lambda handle: handle is machine.main or not handle.started.locked()
    m.is_ended = lambda handle: handle.has_ended
    m.ident = lambda handle: handle.ident
    m.main = lambda: machine.main
    m.thread_dict = lambda: machine.dictionaries.setdefault(_thread.get_ident(), {})

    def find_file(folder, name):
        base = '/'.join([part for part in folder.split('/') if part not in ('', '.')] + [name])
        if base + '/__init__.py' in machine.scenario:
            return (base + '/__init__.py', True)
        if base + '.py' in machine.scenario:
            return (base + '.py', False)
        return (base, None) if any(file.startswith(base + '/') for file in machine.scenario) else None

    m.is_not_modelled = lambda name: False

    def file_source(file):
        if file not in machine.scenario:
            raise FileNotFoundError(file)
        return machine.scenario[file]

    m.find_file, m.file_source = find_file, file_source
    m.file_code = lambda file: compile(file_source(file), file, 'exec')
    return m
