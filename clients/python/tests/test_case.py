"""The test case of unittest, in a run of unittest and of pytest."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import understudy

from .support import WorldCase

TESTS = """
import unittest
from understudy.case import WorldCase

class Sample(WorldCase):
    world_options = {"scenario": "happy-path", "seed": 3}

    def connect(self):
        url = self.world.info()["providers"]["mailup"]["authorizeUrl"]
        self.world.authorize(url + "?client_id=understudy-client&response_type=code&redirect_uri=http://localhost:3000/callback")

    def test_a_world_of_its_own(self):
        self.assertEqual((self.world.info()["scenario"], self.world.info()["seed"]), ("happy-path", "3"))
        self.assertEqual(self.world.journal.list(), [])

    def test_fails(self):
        self.connect()
        self.assertEqual(self.world.id, "another")

    def test_fails_in_a_part(self):
        self.connect()
        for number in (1, 2):
            with self.subTest(number=number):
                self.assertEqual(number, 2)

    def test_ends_with_an_error(self):
        self.connect()
        self.world.expect({"provider": "mailup"}, count=7)

    def test_ends_with_an_error_of_python(self):
        self.connect()
        {}["none"]

    def test_fails_without_its_world(self):
        self.world.drop()
        self.fail("one")

    def test_skipped(self):
        self.skipTest("not today")

    @unittest.expectedFailure
    def test_expected(self):
        self.fail("as expected")
"""


class Case(WorldCase):
    def run_in(self, *arguments: str) -> str:
        """The output of a run of the sample, in a folder of its own."""
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "test_sample.py").write_text(TESTS)
            path = str(Path(understudy.__file__).parent.parent)
            environment = {**os.environ, "UNDERSTUDY_URL": self.server.url, "COLUMNS": "120", "PYTHONPATH": path}
            command = [sys.executable, "-W", "error", "-m", *arguments]
            ended = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, cwd=folder)
        return ended.stdout + ended.stderr

    def check(self, output: str) -> None:
        self.assertEqual(output.count("Understudy: findings of the world"), 5, output)
        self.assertEqual(output.count("note no-csrf-protection: understudy-client at mailup"), 4, output)
        self.assertRegex(output, r"There are no findings: GET /findings\?format=text answered 404")
        self.assertEqual({each["id"] for each in self.server.worlds()} - {"default", self.world.id}, set())

    def test_a_failed_test_shows_the_findings_and_worlds_are_dropped(self) -> None:
        output = self.run_in("unittest", "test_sample")
        self.assertRegex(output, r"Ran 8 tests")
        self.assertIn("FAILED (failures=4, errors=1, skipped=1, expected failures=1)", output)
        self.check(output)

    @unittest.skipIf(importlib.util.find_spec("pytest") is None, "pytest is not installed")
    def test_pytest_runs_it_too(self) -> None:
        # without the summary, which repeats the whole messages where the variable CI is set
        output = self.run_in("pytest", "-rN", "-p", "no:cacheprovider", "--color=no", "test_sample.py")
        # from pytest 9, a test whose part failed is counted as passed beside the part
        self.assertRegex(output, r"5 failed, [12] passed, 1 skipped, 1 xfailed")
        self.check(output)

    def test_before_python_has_notes_the_text_is_in_the_message(self) -> None:
        from understudy.case import _add

        class Old(AssertionError):
            add_note = property()

        error = Old("expected 1")
        self.assertTrue(_add(error, "findings"))
        self.assertTrue(_add(error, "findings"))
        self.assertEqual(str(error), "expected 1\n\nfindings")

    def test_before_python_has_notes_the_text_of_another_error_is_on_standard_error_once(self) -> None:
        from understudy.case import WorldCase as Documented

        class Old(KeyError):
            add_note = property()

        class Stopped(Exception):
            add_note = property()

        case = Documented()
        case.world, case._shown = self.world, None
        written = io.StringIO()
        with contextlib.redirect_stderr(written):
            for error in (Old("none"), Stopped()):
                with self.assertRaises(type(error)), case._explained():
                    raise error
        self.assertEqual(written.getvalue().count("Understudy: findings of the world"), 1)
        self.assertIn(self.world.id, written.getvalue())


if __name__ == "__main__":
    unittest.main()
