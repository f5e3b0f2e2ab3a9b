"""os.path: what only looks at the text of a path."""

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
    return normpath(join('/', path))


realpath = abspath


def expanduser(path):
    return '/home/user' + path[1:] if path == '~' or path.startswith('~/') else path


def exists(path):
    import _lockweave
    try:
        _lockweave.io()
        _lockweave.file_source(path)
    except OSError:
        return False
    return True


isfile = exists
