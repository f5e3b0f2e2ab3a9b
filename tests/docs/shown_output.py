"""What pages show below a command: run again, shortened, and written into the page.

    LOCKWEAVE_BINARY=build/lockweave python3 tests/docs/shown_output.py

In a page, a ```console block with one command, then a line `<!-- shown -->` or `<!-- shown: 2 first, 3 last steps -->`, then a block: the
block's content is replaced. Read the difference before committing it. Interpreters that a command names must be installed.
"""

import os
import re
import shlex
import subprocess
import sys

from docs_test import BINARY, ROOT, pages, read

SHOWN = re.compile(r'(```console\n\$ build/lockweave ([^\n]*)\n```\n+<!-- shown(?:: (\d+) first, (\d+) last steps)? -->\n+)```\n(?:(?!```)[^\n]*\n)*```')
STEP = re.compile(r'^ {0,3}\d+ ')
SCHEDULE = re.compile(r"(--schedule 'lw1\.[0-9a-f]+\.[0-9a-f]+\.)[^']*(\.[0-9a-f]+')")
TIMINGS = re.compile(r', [\d.]+ s, [\d.]+ [KMG]iB')


def without_middle(lines, first, last):
    """Leaves out the steps between the first few and the last few, and where files lie on this machine."""
    lines = [line for line in lines if not re.match(r'\s*\S+ is /', line)]
    starts = [number for number, line in enumerate(lines) if STEP.match(line)]
    left_out = len(starts) - first - last
    if left_out <= 0:
        return lines
    return lines[:starts[first]] + ['', f'     […] {left_out} steps are left out here', ''] + lines[starts[-last]:]


def output_of(command, first, last):
    done = subprocess.run([BINARY] + shlex.split(command), cwd=ROOT, stdout=subprocess.PIPE, universal_newlines=True)
    if done.returncode not in (0, 1):
        sys.exit(f'{command}: status {done.returncode}')
    lines = done.stdout.rstrip('\n').split('\n')
    if first:
        lines = without_middle(lines, int(first), int(last))
    lines = [TIMINGS.sub('', SCHEDULE.sub(r'\1 … \2', line)).rstrip() for line in lines]
    return '```\n' + '\n'.join(lines) + '\n```'


def main():
    for page in pages():
        old = read(page)
        new = SHOWN.sub(lambda found: found.group(1) + output_of(*found.groups()[1:]), old)
        if new != old:
            with open(os.path.join(ROOT, page), 'w', encoding='utf-8') as file:
                file.write(new)
            print(page)


if __name__ == '__main__':
    main()
