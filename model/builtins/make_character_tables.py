"""Writes character_tables.def from the Unicode tables of the Python that runs this: `python3.12 make_character_tables.py > character_tables.def`.

RANGE(table, first, last): characters with a property. CASE(table, first, last, stride, delta): every stride-th character from
first to last has the property, or maps to itself plus delta. SPECIAL(table, character, text): maps to this text.
"""

import unicodedata

# The first plane: beyond it only what unicode.cpp says in code (mathematical letters, ideographs, emoji).
ALL = [chr(code) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]


def ranges(table, wanted):
    first = last = None
    for code in [ord(char) for char in ALL if wanted(char)]:
        if last is not None and code == last + 1:
            last = code
            continue
        if last is not None:
            yield f'RANGE({table}, {first:#x}, {last:#x})'
        first = last = code
    yield f'RANGE({table}, {first:#x}, {last:#x})'


def cases(table, pairs):
    position = 0
    while position < len(pairs):
        first, delta = pairs[position]
        best = (first, 1, 1)
        for stride in (1, 2):
            last, count = first, 1
            while position + count < len(pairs) and pairs[position + count] == (last + stride, delta):
                last, count = last + stride, count + 1
            if count > best[2]:
                best = (last, stride, count)
        yield f'CASE({table}, {first:#x}, {best[0]:#x}, {best[1]}, {delta})'
        position += best[2]


def one_to_one(mapped):
    return [(ord(char), ord(mapped(char)) - ord(char)) for char in ALL if len(mapped(char)) == 1 and mapped(char) != char]


def members(wanted):
    return [(ord(char), 0) for char in ALL if wanted(char)]


def specials(table, mapped, usual):
    for char in ALL:
        if mapped(char) != usual(char):
            text = ''.join(f'\\x{byte:02x}' for byte in mapped(char).encode())
            yield f'SPECIAL({table}, {ord(char):#x}, "{text}")'


def simple(method):
    return lambda char: method(char) if len(method(char)) == 1 else char


def main():
    print('// Written by make_character_tables.py. Characters that a string asks about: classes, cases.')
    rows = []
    rows += ranges('Alpha', str.isalpha)
    rows += ranges('Decimal', str.isdecimal)
    rows += ranges('Digit', lambda c: c.isdigit() and not c.isdecimal())
    rows += ranges('Numeric', lambda c: c.isnumeric() and not c.isdigit())
    rows += ranges('Unprintable', lambda c: not c.isprintable())
    rows += cases('Upper', members(str.isupper))
    rows += cases('Lower', members(str.islower))
    rows += ranges('Title', lambda c: unicodedata.category(c) == 'Lt')
    rows += cases('ToUpper', one_to_one(str.upper))
    rows += cases('ToLower', one_to_one(str.lower))
    rows += specials('Upper', str.upper, simple(str.upper))
    rows += specials('Lower', str.lower, simple(str.lower))
    rows += specials('Title', str.title, str.upper)
    rows += cases('ToFold', [pair for pair in one_to_one(str.casefold) if pair not in one_to_one(str.lower)])
    rows += specials('Fold', str.casefold, lambda char: str.casefold(char) if len(str.casefold(char)) == 1 else str.lower(char))
    line = ''
    for row in rows:
        if len(line) + len(row) > 118:
            print(line)
            line = ''
        line += (' ' if line else '') + row
    print(line)


main()
