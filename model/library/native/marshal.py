"""marshal: code objects of whole modules, as bytes that say which text they were compiled from. Anything else is refused, not written wrongly."""

import _lockweave

version = 4


def dumps(value, version=4, /, **keywords):
    known = _lockweave.compiled_from(value)
    if known is None:
        _lockweave.unsupported('marshal.dumps of anything but the code of a module')
    name, text = known
    return b'\xe3' + _with_length(name.encode()) + _with_length(text.encode())


def _with_length(data):
    return len(data).to_bytes(4, 'little') + data


def loads(data, /, **keywords):
    data = bytes(data)
    if not data:
        raise EOFError('EOF read where object expected')
    if data[0] != 0xe3:
        raise ValueError('bad marshal data (unknown type code)')
    name, rest = _take(data[1:])
    text, rest = _take(rest)
    return compile(text.decode(), name.decode(), 'exec')


def _take(data):
    size = int.from_bytes(data[:4], 'little')
    if len(data) < 4 + size:
        raise EOFError('marshal data too short')
    return data[4:4 + size], data[4 + size:]
