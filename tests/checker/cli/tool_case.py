"""What the tests of single runs of the tool have in common. LOCKWEAVE_BINARY is the tool."""

import json
import os
import shutil
import tempfile
import unittest

LOCKWEAVE = os.environ["LOCKWEAVE_BINARY"]
PATIENCE = float(os.environ.get("LOCKWEAVE_TEST_PATIENCE", "1"))  # how much slower than usual the tool may be: built with sanitizers


def told(result):
    """The report without what two runs may differ in."""
    report = json.loads(result.stdout)
    for name in ("seconds", "peak_bytes"):
        report["stats"].pop(name)
    return report


class ToolCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.file = os.path.join(self.folder, "run.checkpoint")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        return path

    def refused(self, result, *says):
        """Status 2 and a message of a few lines that says all that."""
        self.assertEqual(result.returncode, 2, result.stdout + result.stderr)
        for text in says:
            self.assertIn(text, result.stderr)
        self.assertLess(len(result.stderr.splitlines()), 6, result.stderr)
