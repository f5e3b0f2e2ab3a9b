"""The modelled file system: folders and files as ordinary objects, so that what threads do to them is seen as any other access is.

Each function that stands for a call of the operating system gives up the GIL first and then does one operation, in which nobody comes in between. Afterwards the
caller can lose the GIL: every version can switch threads when a call returns. Where a design cannot, the GIL is given up a second time.

A file that has been opened stays what it is under another name or none, as the inodes of a real one do.
"""

import _lockweave

_io = _lockweave.io
_switches_after_calls = _lockweave.switches_after_calls
_finder_sees_files = _lockweave.finder_sees_files
_modification_times = _lockweave.modification_times

O_RDONLY = 0
O_WRONLY = 1
O_RDWR = 2
O_CREAT = 0o100
O_EXCL = 0o200
O_TRUNC = 0o1000
O_APPEND = 0o2000

# Modification times are counted up folder by folder and file by file, so that they do not depend on what other threads do elsewhere. A change that gives a new
# time gives one in another second: a .pyc file holds its source's in whole seconds. A new file's is its folder's, and no two of one folder get the same
# by being written to.
_beginning = 1700000000.0
_folder_tick = 1000.0
_file_tick = 1.0


class Folder:
    __slots__ = ('entries', 'own', 'mtime')

    def __init__(self, mtime):
        self.entries = {}
        self.own = {}  # by thread: files whose names are made of an id(); see _table
        self.mtime = mtime


class File:
    __slots__ = ('data', 'mtime')

    def __init__(self, data, mtime):
        self.data = data
        self.mtime = mtime


class Descriptor:
    """What open() gives. On a real system a small number; here an object, since which number is free depends on the other threads."""

    __slots__ = ('node', 'position', 'flags')

    def __init__(self, node, flags):
        self.node = node
        self.position = 0
        self.flags = flags

    def __repr__(self):
        return '<id>'


# --- one call of the operating system

def _call(operation, *arguments):
    _io()
    if _switches_after_calls:
        return operation(*arguments)
    try:
        return operation(*arguments)
    finally:
        _io()


def _must_be_seen():
    if not _finder_sees_files:
        _lockweave.unsupported('changing files is supported only with `finder = "files"` in scenario.toml')


def _gets_new_time():
    if _modification_times == 'any':
        return _lockweave.choose(2) == 0
    return _modification_times == 'change'


# --- paths

root = Folder(_beginning)
current = Folder(_beginning)
current_path = '/scenario'


def text_of(path):
    if isinstance(path, str):
        text = path
    elif isinstance(path, bytes):
        text = path.decode('utf-8', 'surrogateescape')
    else:
        method = getattr(type(path), '__fspath__', None)
        if method is None:
            raise TypeError(f'expected str, bytes or os.PathLike object, not {type(path).__name__}')
        text = method(path)
        if isinstance(text, bytes):
            text = text.decode('utf-8', 'surrogateescape')
    if '\0' in text:
        raise ValueError('embedded null byte')
    return text


def _no_such_file(path):
    return FileNotFoundError(2, 'No such file or directory', path)


def _table(folder, name):
    """The table that a name is in. Names that importlib makes of an id(), as of temporary files, are different ones for different objects; so such a name means
    another file to each thread. Everybody sees it in the folder's listing."""
    if '<id>' not in name:
        return folder.entries
    thread = _lockweave.ident(_lockweave.current())
    own = folder.own.get(thread)
    if own is None:
        own = {}
        folder.own[thread] = own
    return own


def _enter(folder, name, path):
    if type(folder) is not Folder:
        raise NotADirectoryError(20, 'Not a directory', path)
    if '<id>' in name and _lockweave.ident(_lockweave.current()) not in folder.own:
        raise _no_such_file(path)
    node = _table(folder, name).get(name)
    if node is None:
        raise _no_such_file(path)
    return node


def _parts(path):
    """From where, and through which names. `..` is resolved in the text: there are no links."""
    if path == '':
        raise _no_such_file(path)
    parts = []
    for part in (path if path.startswith('/') else current_path + '/' + path).split('/'):
        if part == '..':
            if parts:
                parts.pop()
        elif part != '' and part != '.':
            parts.append(part)
    return parts


def _find(path):
    node = root
    for part in _parts(path):
        node = _enter(node, part, path)
    return node


def _find_folder_of(path):
    """The folder that a path's last name is or would be in, and that name."""
    parts = _parts(path)
    if not parts:
        raise FileExistsError(17, 'File exists', path)
    folder = root
    for part in parts[:-1]:
        folder = _enter(folder, part, path)
    if type(folder) is not Folder:
        raise NotADirectoryError(20, 'Not a directory', path)
    return folder, parts[-1]


# --- folders

class stat_result:
    """What importlib and small programs ask of it; owners, inodes and access times are not modelled."""

    __slots__ = ('st_mode', 'st_size', 'st_mtime')

    def __init__(self, node):
        self.st_mtime = node.mtime
        if type(node) is Folder:
            self.st_mode = 0o40755
            self.st_size = 4096
        else:
            self.st_mode = 0o100644
            self.st_size = len(node.data)

    @property
    def st_mtime_ns(self):
        return int(self.st_mtime * 1000000000)

    def __getitem__(self, index):
        if index == 0:
            return self.st_mode
        if index == 6:
            return self.st_size
        if index == 8:
            return int(self.st_mtime)
        _lockweave.unsupported(f'item {index!r} of a stat result')

    def __getattr__(self, name):
        if name.startswith('st_') or name.startswith('n_'):
            _lockweave.unsupported(f'{name} of a stat result')
        raise AttributeError(f"'os.stat_result' object has no attribute {name!r}")


stat_result.__module__ = 'os'


def stat(path):
    if type(path) is Descriptor:
        return _call(stat_result, path.node)
    return _call(_stat, text_of(path))


def _stat(path):
    return stat_result(_find(path))


def listdir(path):
    return _call(_listdir, text_of(path))


def _listdir(path):
    folder = _find(path)
    if type(folder) is not Folder:
        raise NotADirectoryError(20, 'Not a directory', path)
    names = list(folder.entries)
    for own in folder.own.values():
        names.extend(own)
    return sorted(names)  # in a real one the order says nothing


def _add(folder, name, node):
    if _gets_new_time():
        folder.mtime += _folder_tick
    node.mtime = folder.mtime
    _table(folder, name)[name] = node


def _take_out(folder, name):
    if _gets_new_time():
        folder.mtime += _folder_tick
    del _table(folder, name)[name]


def mkdir(path):
    path = text_of(path)
    _must_be_seen()
    _call(_mkdir, path)


def _mkdir(path):
    folder, name = _find_folder_of(path)
    if name in _table(folder, name):
        raise FileExistsError(17, 'File exists', path)
    _add(folder, name, Folder(0.0))


def unlink(path):
    path = text_of(path)
    _must_be_seen()
    _call(_unlink, path)


def _unlink(path):
    folder, name = _find_folder_of(path)
    if type(_enter(folder, name, path)) is Folder:
        raise IsADirectoryError(21, 'Is a directory', path)
    _take_out(folder, name)


def rmdir(path):
    path = text_of(path)
    _must_be_seen()
    _call(_rmdir, path)


def _rmdir(path):
    folder, name = _find_folder_of(path)
    node = _enter(folder, name, path)
    if type(node) is not Folder:
        raise NotADirectoryError(20, 'Not a directory', path)
    if len(node.entries) > 0 or any([len(own) > 0 for own in node.own.values()]):
        raise OSError(39, 'Directory not empty', path)
    _take_out(folder, name)


def replace(source, destination):
    source = text_of(source)
    destination = text_of(destination)
    _must_be_seen()
    _call(_replace, source, destination)


def _replace(source, destination):
    try:
        _move(source, destination)
    except OSError as error:  # says both names, whichever it was
        error.filename = source
        error.filename2 = destination
        raise


def _move(source, destination):
    old_folder, old_name = _find_folder_of(source)
    node = _enter(old_folder, old_name, source)
    folder, name = _find_folder_of(destination)
    there = _table(folder, name).get(name)
    if there is node:
        return
    if there is not None and type(there) is not type(node):
        if type(there) is Folder:
            raise IsADirectoryError(21, 'Is a directory', source)
        raise NotADirectoryError(20, 'Not a directory', source)
    if type(there) is Folder and len(there.entries) > 0:
        raise OSError(39, 'Directory not empty', source)
    new_time = _gets_new_time()
    if new_time:
        folder.mtime += _folder_tick
        if old_folder is not folder:
            old_folder.mtime += _folder_tick
    del _table(old_folder, old_name)[old_name]
    _table(folder, name)[name] = node


def set_time(path, mtime):
    path = text_of(path)
    _must_be_seen()
    _call(_set_time, path, mtime)


def _set_time(path, mtime):
    _find(path).mtime = float(mtime)


# --- files

def open(path, flags):
    path = text_of(path)
    if flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC):
        _must_be_seen()
    return _call(_open, path, flags)


def _open(path, flags):
    if not flags & O_CREAT:
        node = _find(path)
    else:
        folder, name = _find_folder_of(path)
        node = _table(folder, name).get(name)
        if node is None:
            node = File(b'', 0.0)
            _add(folder, name, node)
            return Descriptor(node, flags)
        if flags & O_EXCL:
            raise FileExistsError(17, 'File exists', path)
    if type(node) is Folder:
        if flags & (O_WRONLY | O_RDWR | O_CREAT):
            raise IsADirectoryError(21, 'Is a directory', path)
    elif flags & O_TRUNC:
        _set_data(node, b'')
    return Descriptor(node, flags)


def _set_data(node, data):
    if _gets_new_time():
        node.mtime += _file_tick
    node.data = data


def _bad_descriptor():
    return OSError(9, 'Bad file descriptor')


def read(descriptor, size):
    """Up to `size` bytes; all that there are if it is None."""
    return _call(_read, descriptor, size)


def _read(descriptor, size):
    node = descriptor.node
    if node is None or descriptor.flags & O_WRONLY:
        raise _bad_descriptor()
    if type(node) is Folder:
        raise IsADirectoryError(21, 'Is a directory')
    begin = descriptor.position
    data = node.data[begin:] if size is None else node.data[begin:begin + size]
    descriptor.position = begin + len(data)
    return data


def write(descriptor, data):
    return _call(_write, descriptor, bytes(data))


def _write(descriptor, data):
    node = descriptor.node
    if node is None or not descriptor.flags & (O_WRONLY | O_RDWR):
        raise _bad_descriptor()
    if not data:
        return 0
    there = node.data
    begin = len(there) if descriptor.flags & O_APPEND else descriptor.position
    if begin > len(there):
        there += b'\0' * (begin - len(there))
    _set_data(node, there[:begin] + data + there[begin + len(data):])
    descriptor.position = begin + len(data)
    return len(data)


def truncate(descriptor, size):
    return _call(_truncate, descriptor, size)


def _truncate(descriptor, size):
    node = descriptor.node
    if node is None or not descriptor.flags & (O_WRONLY | O_RDWR):
        raise _bad_descriptor()
    there = node.data
    _set_data(node, there[:size] if size <= len(there) else there + b'\0' * (size - len(there)))
    return size


def seek(descriptor, position, whence):
    if descriptor.node is None:
        raise _bad_descriptor()
    if whence == 1:
        position += descriptor.position
    elif whence == 2:
        position += _call(_size, descriptor)
    if position < 0:
        raise OSError(22, 'Invalid argument')
    descriptor.position = position
    return position


def _size(descriptor):
    return len(descriptor.node.data)


def close(descriptor):
    if type(descriptor) is not Descriptor:
        _lockweave.unsupported('a number as a file descriptor')
    if descriptor.node is None:
        raise _bad_descriptor()
    descriptor.node = None


# --- what is there when the program starts

def _lay_out():
    root.entries['scenario'] = current
    for path, data in _lockweave.initial_files:
        folder = current
        parts = path.split('/')
        for part in parts[:-1]:
            if part not in folder.entries:
                folder.entries[part] = Folder(_beginning)
            folder = folder.entries[part]
        folder.entries[parts[-1]] = File(data, _beginning)


_lay_out()
