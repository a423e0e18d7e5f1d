"""A test case of unittest: ``self.world`` is a new world for each test, and a failure shows the findings.

>>> from understudy.case import WorldCase
>>> class Refresh(WorldCase):
...     world_options = {"seed": 1}
...     def test_a_new_world(self):
...         self.assertEqual(self.world.journal.list(), [])
"""

from __future__ import annotations

import functools
import sys
import unittest
from contextlib import contextmanager
from typing import Any, ClassVar, Iterator, Mapping

from . import Server, UnderstudyError, World, start
from ._evidence import findings_text


class WorldCase(unittest.TestCase):
    """Each test has a world, which is dropped after it. The server is one for the run, as that of the pytest plugin."""

    world_options: ClassVar[Mapping[str, Any]] = {}
    """What each world is made with: ``id``, ``scenario``, ``seed`` and ``clock``."""
    world: World
    _shown: str | None

    def setUp(self) -> None:
        super().setUp()
        self._shown = None
        self.world = _server().new_world(**self.world_options)
        # leaving a world lets a test drop it by itself
        self.addCleanup(self.world.__exit__, None, None, None)

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        """Runs the test, as unittest asks for it."""
        name = self._testMethodName
        before = vars(self).get(name)
        method = getattr(self, name)

        @functools.wraps(method)
        def explained() -> Any:
            with self._explained():
                return method()

        setattr(self, name, explained)
        try:
            return super().run(result)
        finally:
            delattr(self, name)
            if before is not None:
                setattr(self, name, before)

    @contextmanager
    def subTest(self, *args: Any, **params: Any) -> Iterator[None]:
        """A part of a test, as of unittest."""
        with super().subTest(*args, **params), self._explained():
            yield

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except unittest.SkipTest:
            raise
        except Exception as error:
            text = f"Understudy: findings of the world {self.world.id}\n{findings_text(self.world)}"
            if not _add(error, text) and text != self._shown:
                print(text, file=sys.stderr)
            self._shown = text
            raise


def _add(error: Exception, text: str) -> bool:
    """Adds a text to what is shown of an error, once: a subtest is a part of a test.

    Before Python 3.11 errors have no notes, and the arguments of an unknown error may mean something to the test.
    Then it is False.
    """
    if hasattr(error, "add_note"):
        if text not in getattr(error, "__notes__", []):
            error.add_note(text)
        return True
    if not isinstance(error, (AssertionError, UnderstudyError)):
        return False
    if text not in str(error):
        error.args = (f"{error}\n\n{text}",)
    return True


@functools.lru_cache(maxsize=None)
def _server() -> Server:
    # a command that it starts ends with the process
    return start()
