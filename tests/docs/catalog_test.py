"""docs/catalog.md has every row once, and says of each scenario what that expects; what the page's script does with less."""

import sys

import catalog

EXAMPLE = """designs = ["cpython-*", "no-[lock]",
           "global-lock"]

[expect]
"gil-lazy" = "pass"
"cpython-3.*" = "pass"
"cpython-3.6" = ["exception",
                 "livelock"]
"cpython-3.1*" = "deadlock"  # 3.10 and later
"global-lock" = "assertion"
-- main.py --
"cpython-3.7" = "no expectation"
"""

PAGE = """### 1. One

- [circular/three_modules](../specs/scenarios/circular/three_modules.txtar): 3.6–3.13 pass

### 1. Again

Nothing.

### 11. None

- [circular/four_modules](../specs/scenarios/circular/four_modules.txtar): pass
"""


def check_verdicts():
    said = catalog.verdicts(EXAMPLE)
    wanted = 'to 3.2 (global-lock) `assertion`; 3.6 `exception`, `livelock`; 3.7–3.9 pass; 3.10–3.13 `deadlock`'
    return [] if said == wanted else ['verdicts: %s' % said]


def check_faults():
    found = list(catalog.faults(PAGE))
    wanted = ['row 1 is there 2 times', 'row 2 is there 0 times', 'there is no row 11', 'row 1 names no scenario', 'no scenario circular/four_modules',
              'the scenario now says']
    return ['not found: %s' % fault for fault in wanted if not any(fault in text for text in found)]


def main():
    wrong = check_verdicts() + check_faults() + list(catalog.faults(catalog.read(catalog.PAGE)))
    print('\n'.join(wrong) or 'the page and the scenarios agree')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main())
