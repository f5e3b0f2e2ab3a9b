"""Where the standard library would be on sys.path. What of it the machine has is there as built-in modules; what it has not is an error about the subset
rather than a ModuleNotFoundError. Only with the installed `_bootstrap_external.py`; the short finder asks the same (`_machine_importers.py`).
"""

import _lockweave

_version = _lockweave.version
archive = f'/usr/lib/python{_version[0]}{_version[1]}.zip'
folder = f'/usr/lib/python{_version[0]}.{_version[1]}'


class LibraryFolder:
    @staticmethod
    def find_spec(fullname, target=None):
        if _lockweave.is_not_modelled(fullname):
            _lockweave.unsupported(f"the module '{fullname}' of the standard library is not modelled; "
                                   f"a file {fullname.partition('.')[0]}.py in the scenario can stand in for it")
        return None


def zipimporter(path):
    """First on sys.path_hooks, as that of zipimport: looks at the path (one stat), and takes no folder. Archives in its format are not modelled."""
    if path == folder:
        return LibraryFolder
    _lockweave.io()
    raise ImportError(f'not a Zip file: {path!r}', path=path)
