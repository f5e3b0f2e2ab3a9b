"""importlib.machinery. Finder and loader of files are those of the scenario's files."""

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external

ModuleSpec = _bootstrap.ModuleSpec
# Designs of our own are not obliged to have importers for built-in and frozen modules.
BuiltinImporter = getattr(_bootstrap, 'BuiltinImporter', None)
FrozenImporter = getattr(_bootstrap, 'FrozenImporter', None)
PathFinder = _external.PathFinder
SourceFileLoader = _external.SourceFileLoader
NamespaceLoader = _external.NamespaceLoader
SOURCE_SUFFIXES = ['.py']
BYTECODE_SUFFIXES = ['.pyc']
EXTENSION_SUFFIXES = []
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = ['.pyc']


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
