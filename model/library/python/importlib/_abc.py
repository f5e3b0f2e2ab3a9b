"""importlib._abc: the one base class that importlib.util needs; in importlib.abc itself to 3.9."""

import _frozen_importlib as _bootstrap
import abc
import sys


class Loader(metaclass=abc.ABCMeta):
    def create_module(self, spec):
        return None

    def load_module(self, fullname):
        if not hasattr(self, 'exec_module'):
            raise ImportError
        return _bootstrap._load_module_shim(self, fullname)

    def module_repr(self, module):
        raise NotImplementedError


if sys.version_info >= (3, 12):
    del Loader.module_repr
