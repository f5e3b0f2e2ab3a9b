"""os.path: what looks at the text of a path, and what asks the modelled file system (Lib/genericpath.py)."""

import posix

sep = '/'
pathsep = ':'
extsep = '.'
curdir = '.'
pardir = '..'


def isabs(path):
    return path.startswith('/')


def join(path, *parts):
    for part in parts:
        if part.startswith('/'):
            path = part
        elif not path or path.endswith('/'):
            path += part
        else:
            path += '/' + part
    return path


def split(path):
    head, slash, tail = path.rpartition('/')
    head += slash
    stripped = head.rstrip('/')
    return (stripped or head, tail)


def basename(path):
    return path.rpartition('/')[2]


def dirname(path):
    return split(path)[0]


def splitext(path):
    name = basename(path)
    stem, dot, extension = name.rpartition('.')
    if not dot or not stem.strip('.'):
        return (path, '')
    return (path[:len(path) - len(extension) - 1], dot + extension)


def normpath(path):
    if path == '':
        return '.'
    parts = []
    for part in path.split('/'):
        if part in ('', '.'):
            continue
        if part == '..' and parts and parts[-1] != '..':
            parts.pop()
        elif part != '..' or not isabs(path):
            parts.append(part)
    return ('/' if isabs(path) else '') + '/'.join(parts) or '.'


def abspath(path):
    return normpath(path if isabs(path) else join(posix.getcwd(), path))


realpath = abspath


def expanduser(path):
    return '/home/user' + path[1:] if path == '~' or path.startswith('~/') else path


def exists(path):
    try:
        posix.stat(path)
    except (OSError, ValueError):
        return False
    return True


lexists = exists


def _is_type(path, wanted):
    try:
        return posix.stat(path).st_mode & 0o170000 == wanted
    except (OSError, ValueError):
        return False


def isfile(path):
    return _is_type(path, 0o100000)


def isdir(path):
    return _is_type(path, 0o040000)


def islink(path):
    return False


def getmtime(filename):
    return posix.stat(filename).st_mtime


def getsize(filename):
    return posix.stat(filename).st_size
