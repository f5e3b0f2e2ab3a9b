"""Runs on an installed CPython: compares specs/import_c with that interpreter's own import, call by call.

    python3 import_statement_check.py [ROOT OF THE PROJECT]

`_find_and_load`, `_lock_unlock_module` and `_handle_fromlist` of the frozen importlib are ordinary globals that C looks up at each
use, so putting recorders there shows what C calls. Each case is run twice, by the interpreter and by our text, from equal
`sys.modules`; the calls, the result (or the exception with its text, name and path) and `sys.modules` afterwards must agree.
"""

import builtins
import os
import sys
import types

ROOT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..')
RECORDED = ('_find_and_load', '_lock_unlock_module', '_handle_fromlist')
importlib = sys.modules['_frozen_importlib']
calls = []


def record_calls():
    for name in RECORDED:
        def recorder(*args, original=getattr(importlib, name), name=name, **keywords):
            calls.append((name,) + tuple(show_argument(a) for a in args if not callable(a)))
            return original(*args, **keywords)
        setattr(importlib, name, recorder)


def show_argument(value):
    return value.__dict__.get('__name__', 'nameless') if isinstance(value, types.ModuleType) else repr(value)


def load_text():
    namespace = {'VERSION': sys.version_info[:2], 'sys': sys, 'modules': sys.modules, 'importlib': importlib}
    for file in ('common.py', 'import_statement.py'):
        path = os.path.join(ROOT, 'specs', 'import_c', file)
        with open(path) as stream:
            exec(compile(stream.read(), path, 'exec'), namespace)
    return namespace


class Finder:
    """Finds the names it was given; 'bad' names fail in their body."""
    names = {}

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if fullname not in cls.names:
            return None
        return importlib.ModuleSpec(fullname, cls, origin='memory', is_package=cls.names[fullname] == 'package')

    @staticmethod
    def create_module(spec):
        return None

    @classmethod
    def exec_module(cls, module):
        if cls.names[module.__name__] == 'bad':
            raise ValueError('body of ' + module.__name__)
        if cls.names[module.__name__] == 'vanishes':
            del sys.modules[module.__name__]
        if cls.names[module.__name__] == 'replaced':
            sys.modules[module.__name__] = types.SimpleNamespace(__name__='other', x=7)
        module.x = 1


class RaisesOnTruth:
    def __bool__(self):
        raise ValueError('truth')


class OddSpec:
    parent = 'p'

    @property
    def _initializing(self):
        raise ValueError('property')


class AttributeErrorSpec:
    parent = 'p'

    @property
    def _initializing(self):
        raise AttributeError('property')


def make_module(name, kind):
    module = types.ModuleType(name)
    module.x = 1
    spec = importlib.ModuleSpec(name, None, is_package='package' in kind)
    module.__spec__ = spec
    if 'package' in kind:
        module.__path__ = []
        module.__package__ = name
    if 'initializing' in kind:
        spec._initializing = True
    if 'no-spec' in kind:
        del module.__spec__
    if 'none-spec' in kind:
        module.__spec__ = None
    if 'string-truth' in kind:
        spec._initializing = 'yes'
    if 'empty-truth' in kind:
        spec._initializing = ''
    if 'raises-on-truth' in kind:
        spec._initializing = RaisesOnTruth()
    if 'odd-property' in kind:
        module.__spec__ = OddSpec()
    if 'missing-property' in kind:
        module.__spec__ = AttributeErrorSpec()
    if 'has-file' in kind:
        module.__file__ = '/somewhere/' + name + '.py'
        spec.origin = module.__file__
        spec.has_location = True
    if 'beside-script' in kind:
        module.__file__ = os.path.join(sys.path_0, name + '.py')
        spec.origin = module.__file__
        spec.has_location = True
    if 'odd-file' in kind:
        module.__file__ = 5
    if 'no-name' in kind:
        del module.__name__
    if 'odd-name' in kind:
        module.__name__ = 5
    if 'all' in kind.split():
        module.__all__ = ['x']
    if 'bad-all' in kind:
        module.__all__ = ['x', 'nothing']
    if 'odd-all' in kind:
        module.__all__ = ['x', 5]
    if 'tuple-path' in kind:
        module.__path__ = ()
    if 'getattr-attribute-error' in kind:
        module.__getattr__ = raise_attribute_error
    if 'getattr-value-error' in kind:
        module.__getattr__ = raise_value_error
    if 'getattr-true' in kind:
        module.__getattr__ = lambda name: True
        if 'no-spec' not in kind:
            del module.__spec__
    if 'object' in kind:
        namespace = dict(module.__dict__)
        namespace.pop('__getattr__', None)
        return types.SimpleNamespace(**namespace)
    return module


def raise_attribute_error(name):
    raise AttributeError(name)


def raise_value_error(name):
    raise ValueError(name)


KINDS = ['plain', 'initializing', 'no-spec', 'none-spec', 'string-truth', 'empty-truth', 'raises-on-truth', 'odd-property',
         'missing-property', 'object', 'object initializing', 'getattr-attribute-error', 'getattr-value-error',
         'getattr-true', 'has-file', 'has-file initializing', 'odd-file', 'no-name', 'odd-name', 'odd-name has-file',
         'object has-file', 'no-spec has-file', 'all', 'bad-all', 'odd-all', 'initializing all',
         'getattr-value-error no-spec', 'no-name has-file', 'beside-script', 'beside-script initializing',
         'object beside-script', 'beside-script odd-name', 'no-file initializing', 'object has-file initializing']
PACKAGE_KINDS = ['package ' + kind for kind in KINDS] + ['tuple-path']


def situations():
    """What sys.modules and the finder hold: name -> kind, None, or 'find ...'."""
    yield {}
    for kind in KINDS + PACKAGE_KINDS:
        yield {'p': kind}
        yield {'p': kind, 'p.s': 'plain'}
    for kind in KINDS:
        yield {'p': 'package plain', 'p.s': kind}
    for kind in ('find module', 'find package', 'find bad', 'find vanishes', 'find replaced'):
        yield {'p': kind}
        yield {'p': kind, 'p.s': 'find module'}
        yield {'p': 'find package', 'p.s': kind}
        yield {'p': 'package plain', 'p.s': kind}
        yield {'p': 'package initializing', 'p.s': kind}
        yield {'p': 'package plain', 'p.s': kind, 'p.s.t': 'plain'}
    yield {'p': None}
    yield {'p': None, 'p.s': 'plain'}
    yield {'p': 'package plain', 'p.s': None}
    yield {'p': 'package initializing', 'p.s': None}
    yield {'p': 'package plain', 'p.s': 'package plain', 'p.s.t': 'plain'}
    yield {'p.s': 'plain'}
    yield {'p.s': 'package plain', 'p.s.t': 'initializing'}


# (statement, level, name, fromlist); the statement is what the interpreter runs, the rest what our text is given
STATEMENTS = [
    ('import p', 0, 'p', None), ('import p.s', 0, 'p.s', None), ('import p.s.t', 0, 'p.s.t', None),
    ('from p import x', 0, 'p', ('x',)), ('from p import s', 0, 'p', ('s',)), ('from p import x, nothing', 0, 'p', ('x', 'nothing')),
    ('from p.s import x', 0, 'p.s', ('x',)), ('from p.s import nothing', 0, 'p.s', ('nothing',)),
    ('from p import *', 0, 'p', ('*',)), ('from p.s import *', 0, 'p.s', ('*',)),
    ('from . import s', 1, '', ('s',)), ('from .s import x', 1, 's', ('x',)), ('from .s.t import x', 1, 's.t', ('x',)),
    ('from .. import s', 2, '', ('s',)), ('from ..s import x', 2, 's', ('x',)), ('from ... import s', 3, '', ('s',)),
]

# (name, level, fromlist) given to __import__ itself
DIRECT = [('p', 0, ()), ('p.s', 0, ()), ('p', 0, ('s',)), ('', 0, ()), ('p', -1, ()), (5, 0, ()), ('s', 1, ()), ('s.t', 1, ()),
          ('', 1, ()), ('s', 2, ()), ('p', 0, None), ('p', 0, ['x', 5]), ('p', 0, RaisesOnTruth()), ('p.', 0, ()), ('.', 0, ()), ('p..s', 0, ())]


class ParentSpec:
    parent = 'p'


class EmptyParentSpec:
    parent = ''


class NumberParentSpec:
    parent = 5


GLOBALS = [
    {'__name__': 'p.me', '__package__': 'p'}, {'__name__': 'p', '__path__': []}, {'__name__': 'p.me'}, {'__name__': 'me'},
    {'__name__': 'p.q.me', '__package__': 'p.q'}, {'__package__': ''}, {'__package__': 5}, {'__package__': None},
    {'__package__': None, '__spec__': ParentSpec}, {'__spec__': ParentSpec}, {'__spec__': EmptyParentSpec},
    {'__spec__': NumberParentSpec}, {'__package__': 'p', '__spec__': 5}, {'__package__': 'p', '__spec__': NumberParentSpec},
    {'__spec__': 5}, {}, {'__name__': 5}, {'__package__': 'p', '__spec__': ParentSpec, '__name__': 'p'},
    {'__package__': None, '__spec__': None, '__name__': 'p.me'}, {'__package__': 'p'},
]


def set_up(situation):
    for name in ('p', 'p.s', 'p.s.t', 's'):
        sys.modules.pop(name, None)
    Finder.names = {}
    made = {}
    for name, kind in situation.items():
        if kind is None:
            sys.modules[name] = None
        elif kind.startswith('find '):
            Finder.names[name] = kind[5:]
        else:
            made[name] = sys.modules[name] = make_module(name, kind)
    del calls[:]


def observe(function):
    """What happened, in terms that do not name objects."""
    try:
        result = function()
        end = ('returned', describe(result))
    except BaseException as error:
        text = str(error)
        if text.endswith('not in sys.modules as expected"'):
            text = 'not in sys.modules'  # the interpreters garble the name before it
        end = (type(error).__name__, text, getattr(error, 'name', None), getattr(error, 'path', None))
    after = {name: describe(sys.modules[name]) for name in ('p', 'p.s', 'p.s.t', 's') if name in sys.modules}
    return (list(calls), end, after)


def describe(value):
    if isinstance(value, dict):
        return {key: describe(item) for key, item in sorted(value.items()) if key not in ('__builtins__', '__warningregistry__')}
    if isinstance(value, (types.ModuleType, types.SimpleNamespace)):
        entries = [name for name in ('p', 'p.s', 'p.s.t') if sys.modules.get(name) is value]
        return ('module', entries, value.__dict__.get('__name__', 'nameless'))
    return value


def run_statement(statement, globals):
    namespace = dict(globals)
    exec(compile(statement, '<case>', 'exec'), namespace)
    return {key: value for key, value in namespace.items() if key not in globals}


def run_text(text, level, name, fromlist, globals):
    """What the IMPORT_ instructions of the machine do with our functions."""
    namespace = dict(globals)
    module = text['import_name'](name, namespace, namespace, fromlist, level)
    if fromlist == ('*',):
        text['import_star'](module, namespace)
    elif fromlist:
        for item in fromlist:
            namespace[item] = text['import_from'](module, item)
    else:
        namespace[name.partition('.')[0]] = module
    return {key: value for key, value in namespace.items() if key not in globals}


def cases(text):
    plain = {'__name__': 'main', '__package__': ''}
    inside = {'__name__': 'p.me', '__package__': 'p'}
    for situation in situations():
        for statement, level, name, fromlist in STATEMENTS:
            globals = inside if level else plain
            yield (situation, statement, lambda: run_statement(statement, globals),
                   lambda: run_text(text, level, name, fromlist, globals))
        for name, level, fromlist in DIRECT:
            for import_, label in ((text['builtins_import'], ''),):
                yield (situation, ('__import__', name, level, fromlist),
                       lambda: builtins.__import__(name, dict(inside), None, fromlist, level),
                       lambda: text['builtins_import'](name, dict(inside), None, fromlist, level))
    situation = {'p': 'package plain', 'p.s': 'package plain', 'p.s.t': 'plain', 'p.q': 'package plain'}
    for globals in GLOBALS:
        for statement, level, name, fromlist in STATEMENTS:
            if level:
                yield (situation, (statement, globals), lambda: run_statement(statement, globals),
                       lambda: run_text(text, level, name, fromlist, globals))
    for arguments in ((), (None,), (5,), ({},)):
        for level in (0, 1):
            yield (situation, ('globals', arguments, level),
                   lambda: builtins.__import__('s' if level else 'p', *arguments, level=level),
                   lambda: text['builtins_import']('s' if level else 'p', *arguments, level=level))


def main():
    import warnings
    warnings.simplefilter('ignore')
    text = load_text()
    record_calls()
    sys.meta_path.insert(0, Finder)
    sys.path_0 = sys.path[0]
    sys.path[:] = []
    count = 0
    different = []
    for situation, what, real, ours in cases(text):
        set_up(situation)
        expected = observe(real)
        set_up(situation)
        got = observe(ours)
        count += 1
        if expected != got:
            different.append((situation, what, expected, got))
    for situation, what, expected, got in different[:int(os.environ.get('SHOW', '10'))]:
        print('DIFFERENT', situation, what, '\n   real', expected, '\n   ours', got)
    print('{}.{}: {} cases, {} differ'.format(sys.version_info[0], sys.version_info[1], count, len(different)))
    return 1 if different else 0


if __name__ == '__main__':
    sys.exit(main())
