"""The pages say what is so: links lead somewhere, commands they show can be run.

A command is a line `$ build/lockweave …` in a ```console block. A page's commands are run one after the other, in an empty folder from which
the project's data can be reached as from its root, and each must end with status 0 or 1. What a page shows below a command is
compared by eye: it may be cut.
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = os.environ.get('LOCKWEAVE_SOURCE_DIR') or os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BINARY = os.path.abspath(os.environ.get('LOCKWEAVE_BINARY') or os.path.join(ROOT, 'build', 'lockweave'))
SHOWN = '$ build/lockweave'
PASSED_OVER = {'.git', 'build', '__pycache__'}

LINK = re.compile(r'\[[^\]\n]*\]\(([^()\s]+)\)')
FENCE = re.compile(r'^ {0,3}```(\S*)')
HEADING = re.compile(r'^#{1,6} +(.*?) *#*$')


def pages():
    """All Markdown files of the project, from its root."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in PASSED_OVER and not name.startswith('build'))
        found += [os.path.relpath(os.path.join(folder, name), ROOT) for name in files if name.endswith('.md')]
    return sorted(found)


def read(page):
    with open(os.path.join(ROOT, page), encoding='utf-8') as file:
        return file.read()


def parts_of(text):
    """(line number, line, language of the block it stands in or None)"""
    language = None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if fence:
            language = fence.group(1) or 'text' if language is None else None
            continue
        yield number, line, language


def without_code(line):
    return re.sub(r'`[^`]*`', '', line)


def anchor(heading):
    """What a page's heading is called in a link, as GitHub does it."""
    words = re.sub(r'[`*]|\[([^\]]*)\]\([^)]*\)', lambda m: m.group(1) or '', heading).lower()
    return re.sub(r'[^\w\- ]', '', words).replace(' ', '-')


def anchors_of(page):
    return {anchor(HEADING.match(line).group(1)) for _, line, language in parts_of(read(page))
            if language is None and HEADING.match(line)}


def broken_links(page):
    for number, line, language in parts_of(read(page)):
        if language is not None:
            continue
        for target in LINK.findall(without_code(line)):
            if re.match(r'[a-z]+:', target):
                continue
            path, _, fragment = target.partition('#')
            there = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
            if not os.path.exists(os.path.join(ROOT, there)):
                yield f'{page}:{number}: {target} leads nowhere'
            elif fragment and there.endswith('.md') and fragment not in anchors_of(there):
                yield f'{page}:{number}: {target}: {there} has no such heading'


def commands_of(page):
    """(line number, command line) of all that a page shows."""
    for number, line, language in parts_of(read(page)):
        if language == 'console' and line.startswith(SHOWN + ' '):
            yield number, line[2:]


def broken_commands(page):
    with tempfile.TemporaryDirectory() as folder:
        for name in ('specs', 'docs', 'counterexamples'):
            if os.path.isdir(os.path.join(ROOT, name)):
                os.symlink(os.path.join(ROOT, name), os.path.join(folder, name))
        for number, command in commands_of(page):
            fault = fault_of(command, folder)
            if fault:
                yield f'{page}:{number}: {command}: {fault}'


def wrong_quotations():
    """The tutorial shows a scenario: it must be the one that its commands check."""
    quoted = '\n'.join(line for _, line, language in parts_of(read('docs/tutorial.md')) if language == 'txtar')
    if quoted.strip() != read('docs/shop.txtar').strip():
        yield 'docs/tutorial.md does not show docs/shop.txtar as it is'


# What a machine without the CPython in question answers: no fault of the page.
MISSING_INTERPRETER = re.compile(r'no (CPython|Python|interpreter)|is not (found|installed)|not here|none of the interpreters', re.IGNORECASE)


def fault_of(command, folder):
    """What is wrong with a command, or None."""
    arguments = shlex.split(command)[1:]
    done = subprocess.run([BINARY] + arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, timeout=300, universal_newlines=True)
    if done.returncode in (0, 1):
        return None
    if done.returncode == 2 and MISSING_INTERPRETER.search(done.stderr):
        return None
    return f'ends with status {done.returncode}\n{done.stderr[:2000]}'


def main():
    faults = [fault for page in pages() for fault in broken_links(page)] + list(wrong_quotations())
    shown = sum(1 for page in pages() for _ in commands_of(page))
    if os.path.exists(BINARY):
        faults += [fault for page in pages() for fault in broken_commands(page)]
    else:
        print(f'{BINARY} is not there: commands are not run')
    for fault in faults:
        print(fault)
    print(f'{len(pages())} pages, {shown} commands, {len(faults)} faults')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
