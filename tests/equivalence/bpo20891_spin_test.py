"""bpo-20891 with its accesses written out (tests/bench/scenarios/bpo20891.txtar) and the same as a Promela model (tests/bench/peers/bpo20891.pml): the same states, transitions
and verdicts, with the GIL made on demand and from the start, whatever is left out by reductions.

Exit status 77 (skipped) without spin, gcc or the tool.
"""

import json
import os
import re
import shutil
import sys
import tempfile

from promela import DESIGN, LOCKWEAVE, SKIPPED, SOURCE, run

BENCH = os.path.join(SOURCE, 'tests', 'bench')
SIZES = [(1, 1), (1, 3), (2, 2), (3, 1)]  # foreign threads, rounds of main
# With -DPLAIN -DFULL: what SPIN and rumur find for other texts of the same model.
PLAIN_STATES = {(1, 1): 102, (2, 2): 3371, (3, 2): 48881}
REDUCTIONS = [[], ['--no-reduction'], ['--without', 'movers'], ['--without', 'sleep-sets'], ['--strategy', 'dpor'], ['--strategy', 'bounded']]


def by_spin(threads, rounds, *flags, folder):
    """(states, transitions, is the assertion broken)"""
    model = os.path.join(BENCH, 'peers', 'bpo20891.pml')
    for command in (['spin', '-o2', '-a', '-DN=%d' % threads, '-DM=%d' % rounds] + list(flags) + [model],
                    ['gcc', '-O0', '-w', '-DSAFETY', '-DNOREDUCE', '-o', 'pan', 'pan.c']):
        built = run(*command, folder=folder)
        if built.returncode != 0:
            raise RuntimeError('%s: %s' % (' '.join(command), built.stdout))
    text = run('./pan', '-E', '-m100000', '-w18', folder=folder).stdout
    states, transitions = (int(re.search(r'(\d+) ' + words, text).group(1)) for words in ('states, stored', 'transitions'))
    return states, transitions - 1, 'errors: 0' not in text  # pan counts its initial state among the transitions


def scenario(threads, rounds, made, ends, folder):
    with open(os.path.join(BENCH, 'scenarios', 'bpo20891.txtar'), encoding='utf-8') as file:
        text = file.read()
    for name, value in (('THREADS', threads), ('ROUNDS', rounds), ('MADE', made), ('FOUND_NONE_ENDS', ends)):
        text, count = re.subn('^%s = .*$' % name, '%s = %s' % (name, value), text, flags=re.MULTILINE)
        assert count == 1, name
    path = os.path.join(folder, 'program.txtar')
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)
    return path


def by_lockweave(path, options, folder):
    done = run(LOCKWEAVE, 'check', path, '--design', DESIGN, '--keep-going', '--json', '-', *options, folder=folder)
    report = json.loads(done.stdout)
    return report, sorted(violation['property'] for violation in report['violations'])


def compare_counts(threads, rounds, made, folder):
    theirs = by_spin(threads, rounds, '-DFULL', *(['-DFIX'] if made else []), folder=folder)
    path = scenario(threads, rounds, made, True, folder)
    report, broken = by_lockweave(path, ['--strategy', 'exhaustive', '--no-reduction'], folder)
    ours = report['stats']['states'], report['stats']['transitions'], bool(broken)
    return [] if ours == theirs and report['complete'] else ['%d threads, %d rounds, made %d: SPIN %s, lockweave %s' % (threads, rounds, made, theirs, ours)]


def compare_verdicts(threads, rounds, made, folder):
    wanted = ['assertion'] if by_spin(threads, rounds, *(['-DFIX'] if made else []), folder=folder)[2] else []
    path = scenario(threads, rounds, made, False, folder)
    wrong = [] if bool(wanted) != bool(made) else ['%d threads, %d rounds, made %d: SPIN finds %s' % (threads, rounds, made, wanted)]
    for options in REDUCTIONS:
        broken = by_lockweave(path, options, folder)[1]
        if broken != wanted:
            wrong.append('%d threads, %d rounds, made %d, %s: SPIN finds %s, lockweave %s' % (threads, rounds, made, ' '.join(options), wanted, broken))
    return wrong


def main():
    if not os.path.exists(LOCKWEAVE):
        print('skipped: no lockweave at %s' % LOCKWEAVE)
        return SKIPPED
    for tool in ('spin', 'gcc'):
        if shutil.which(tool) is None:
            print('skipped: there is no %s here (Debian: apt-get install spin gcc)' % tool)
            return SKIPPED
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        for (threads, rounds), states in PLAIN_STATES.items():
            found = by_spin(threads, rounds, '-DPLAIN', '-DFULL', folder=folder)[0]
            wrong += [] if found == states else ['-DPLAIN, %d threads, %d rounds: %d states, not %d' % (threads, rounds, found, states)]
        for made in (0, 1):
            for threads, rounds in SIZES:
                wrong += compare_counts(threads, rounds, made, folder)
            wrong += compare_verdicts(1, 2, made, folder) + compare_verdicts(2, 1, made, folder)
    print('\n'.join(wrong) or '%d sizes, and the verdicts: SPIN and lockweave agree' % len(SIZES))
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
