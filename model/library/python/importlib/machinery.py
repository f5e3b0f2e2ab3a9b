"""importlib.machinery. Finder and loader of files are importlib's own, or the short ones of the scenario's files (`_machine_importers`)."""

import _frozen_importlib as _bootstrap
import _frozen_importlib_external as _external

ModuleSpec = _bootstrap.ModuleSpec
# Designs of our own are not obliged to have importers for built-in and frozen modules.
BuiltinImporter = getattr(_bootstrap, 'BuiltinImporter', None)
FrozenImporter = getattr(_bootstrap, 'FrozenImporter', None)
PathFinder = _external.PathFinder
SourceFileLoader = _external.SourceFileLoader
if hasattr(_external, 'FileFinder'):
    FileFinder = _external.FileFinder
    SourcelessFileLoader = _external.SourcelessFileLoader
    ExtensionFileLoader = _external.ExtensionFileLoader
    WindowsRegistryFinder = _external.WindowsRegistryFinder
NamespaceLoader = getattr(_external, 'NamespaceLoader', _external._NamespaceLoader if hasattr(_external, '_NamespaceLoader') else None)
SOURCE_SUFFIXES = getattr(_external, 'SOURCE_SUFFIXES', ['.py'])
BYTECODE_SUFFIXES = getattr(_external, 'BYTECODE_SUFFIXES', ['.pyc'])
EXTENSION_SUFFIXES = getattr(_external, 'EXTENSION_SUFFIXES', [])
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES


def all_suffixes():
    return SOURCE_SUFFIXES + BYTECODE_SUFFIXES + EXTENSION_SUFFIXES
