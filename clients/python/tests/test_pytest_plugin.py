"""The fixtures of the pytest plugin, in a run of pytest."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import understudy

from .support import WorldCase

TESTS = """
import pytest
from understudy import Server

def test_a_world_of_its_own(world, understudy):
    assert isinstance(understudy, Server)
    assert world.id != "default" and world.journal.list() == []

@pytest.mark.understudy(id="py-marked", scenario="happy-path", seed=3)
def test_marked(world):
    assert (world.id, world.info()["scenario"], world.info()["seed"]) == ("py-marked", "happy-path", "3")

@pytest.mark.understudy("happy-path")
def test_without_a_keyword(world):
    pass

@pytest.mark.understudy(scenrio="happy-path")
def test_misspelt(world):
    pass

@pytest.mark.understudy(colour=1)
def test_unknown(world):
    pass

def test_fails(world):
    url = world.info()["providers"]["mailup"]["authorizeUrl"]
    world.authorize(url + "?client_id=understudy-client&response_type=code&redirect_uri=http://localhost:3000/callback")
    assert world.id == "another"

def test_fails_without_its_world(world):
    world.drop()
    assert 1 == 2

def test_fails_without_a_world():
    assert 3 == 4
"""


@unittest.skipIf(importlib.util.find_spec("pytest") is None, "pytest is not installed")
class Plugin(WorldCase):
    def test_a_failed_test_shows_the_findings_and_worlds_are_dropped(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "test_sample.py").write_text(TESTS)
            installed = any(each.value == "understudy.pytest_plugin" for each in _plugins())
            plugin = [] if installed else ["-p", "understudy.pytest_plugin"]
            arguments = [
                sys.executable,
                "-m",
                "pytest",
                *plugin,
                "-p",
                "no:cacheprovider",
                "--color=no",
                "--strict-markers",
                folder,
            ]
            path = str(Path(understudy.__file__).parent.parent)
            environment = {**os.environ, "UNDERSTUDY_URL": self.server.url, "COLUMNS": "120", "PYTHONPATH": path}
            ended = subprocess.run(arguments, capture_output=True, text=True, timeout=60, env=environment, cwd=folder)
        output = ended.stdout
        self.assertIn("3 failed, 2 passed, 3 errors", output, output + ended.stderr)
        marker = "\n@pytest.mark.understudy: "
        self.assertIn(f"{marker}'happy-path' has no keyword; expected id=, scenario=, seed=, clock=\n", output)
        self.assertIn(f"{marker}there is no keyword 'scenrio'; did you mean scenario=?\n", output)
        self.assertIn(f"{marker}there is no keyword 'colour'; known: id=, scenario=, seed=, clock=\n", output)
        self.assertEqual(output.count("Understudy: findings of the world"), 2, output)
        self.assertIn("note no-csrf-protection: understudy-client at mailup, user ada@example.test, once", output)
        self.assertRegex(output, r"There are no findings: GET /findings\?format=text answered 404")
        self.assertEqual({each["id"] for each in self.server.worlds()} - {"default", self.world.id}, set())


def _plugins() -> list[Any]:
    found: Any = entry_points()  # a dictionary before Python 3.10
    return list(found.select(group="pytest11") if hasattr(found, "select") else found.get("pytest11", []))


if __name__ == "__main__":
    unittest.main()
