"""Fixtures for pytest: ``understudy`` is a server for the run, and ``world`` a world for one test.

They are there as soon as the package is installed.
``@pytest.mark.understudy(scenario="…", seed=1)`` says how the world of a test is made.
A test that fails shows the findings about the client in its report.
"""

from __future__ import annotations

from typing import Any, Generator, Iterator, Mapping

import pytest

from . import Server, World, start
from ._arguments import refuse_unknown, shown
from ._evidence import findings_text

KEYWORDS = ("id", "scenario", "seed", "clock")
"""Keywords of the marker: those of :meth:`understudy.Server.new_world`."""


def pytest_configure(config: pytest.Config) -> None:
    """Makes the marker known."""
    config.addinivalue_line(
        "markers", "understudy(id=, scenario=, seed=, clock=): what the world of the test is made with"
    )


@pytest.fixture(scope="session")
def understudy() -> Iterator[Server]:
    """A server for the run: the one of ``UNDERSTUDY_URL``, or else a command that is started.

    Define a fixture of this name in ``conftest.py`` to start it with other options.
    """
    with start() as server:
        yield server


@pytest.fixture
def world(understudy: Server, request: pytest.FixtureRequest) -> Iterator[World]:
    """A new world, which is dropped after the test."""
    marker = request.node.get_closest_marker("understudy")
    with understudy.new_world(**({} if marker is None else _keywords_of(marker))) as made:
        yield made


def _keywords_of(marker: pytest.Mark) -> Mapping[str, Any]:
    name = "@pytest.mark.understudy"
    if marker.args:
        words = f"{name}: {shown(marker.args[0])} has no keyword; expected {', '.join(f'{each}=' for each in KEYWORDS)}"
        pytest.fail(words, pytrace=False)
    try:
        refuse_unknown(name, marker.kwargs, KEYWORDS)
    except TypeError as error:
        pytest.fail(str(error), pytrace=False)
    return marker.kwargs


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, None]:
    """Attaches the findings to the report of a test that failed, while its world is still there."""
    outcome = yield
    report = outcome.get_result()
    used = getattr(item, "funcargs", {}).get("world")
    if report.when == "call" and report.failed and isinstance(used, World):
        report.sections.append((f"Understudy: findings of the world {used.id}", findings_text(used)))
