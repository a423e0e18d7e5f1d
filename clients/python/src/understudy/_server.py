"""A running server: one that is started for a test run, or one that runs already."""

from __future__ import annotations

import os
import shlex
import shutil
from types import TracebackType
from typing import Any, List, Mapping, Sequence, Type, Union, cast
from urllib.parse import urlsplit

from ._api import Api, given, path_of, query
from ._arguments import checked, checked_calls
from ._command import Command
from ._documents import Document, Health, WorldInfo
from ._errors import UnderstudyError
from ._names import named_providers
from ._world import World, _findings_query

CALL_TIMEOUT = 30.0
"""Seconds for one call of the admin API."""

Word = Union[str, "os.PathLike[str]"]


@checked_calls
class Server:
    """A running server. The end of a ``with`` block stops it, if this program started it."""

    url: str

    def __init__(
        self,
        url: str,
        token: str | None = None,
        *,
        timeout: float = CALL_TIMEOUT,
        command: Command | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self._token = token
        self._timeout = timeout
        self._command = command
        self._is_stopped = False
        self._call = Api(f"{self.url}/__admin", token, timeout).call

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: Type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def world(self, id: str = "default") -> World:
        """Returns an existing world. Default: the world ``default``."""
        return World(self.url, id, self._token, self._timeout)

    def new_world(
        self,
        *,
        id: str | None = None,
        scenario: str | Mapping[str, Any] | None = None,
        seed: int | str | None = None,
        clock: Mapping[str, Any] | None = None,
    ) -> World:
        """Makes a world for one test. The end of a ``with`` block drops it.

        :param scenario: the name of a scenario, or a whole one. Default: that of the server
        :param seed: with the same seed, the same calls give the same codes, tokens and ids. Default: random
        :param clock: such as ``{"now": "2026-01-01T00:00:00Z", "frozen": True}``
        """
        order = given(id=id, scenario=scenario, seed=seed, clock=clock)
        return self.world(self._call("POST", "/worlds", order)["id"])

    def worlds(self) -> List[WorldInfo]:
        """Lists the worlds."""
        return [named_providers(each) for each in self._call("GET", f"/worlds{query({'limit': 10_000})}")["worlds"]]

    def scenarios(self) -> List[Document]:
        """Lists the scenarios that can be played."""
        return cast(List[Document], self._call("GET", "/scenarios")["scenarios"])

    def scenario(self, name: str) -> Document:
        """Reads a scenario, merged with everything that it extends."""
        return cast(Document, self._call("GET", path_of("scenarios", name))["scenario"])

    def findings(self, *, severity: str | None = None, suppress: Mapping[str, str] | None = None) -> Document:
        """Reports on all worlds that got a request, also on those that ended."""
        return cast(Document, self._call("GET", f"/findings{_findings_query(severity, suppress, worlds='all')}"))

    def health(self) -> Health:
        """Reads whether the server is ready."""
        return cast(Health, self._call("GET", "/health"))

    def close(self, *, report: bool | Mapping[str, Any] = False) -> Document | None:
        """Stops a server that this program started. Another server keeps running.

        :param report: ``True``, or options of :meth:`findings`, asks for the report on all worlds before, and returns it
        """
        try:
            if report is False:
                return None
            if self._is_stopped:
                raise UnderstudyError("close: the server is closed already, so there is no report of it")
            return self.findings(**({} if report is True else report))
        finally:
            if self._command is not None:
                self._command.stop()
                self._is_stopped = True


@checked
def connect(url: str | None = None, *, token: str | None = None, timeout: float = CALL_TIMEOUT) -> Server:
    """Connects to a server that runs in a container or in another process.

    Below ``understudy run`` both values have defaults: the URL that of ``UNDERSTUDY_URL``, and the token of this server
    that of ``UNDERSTUDY_ADMIN_TOKEN``.

    :param timeout: seconds for one call
    :raises ValueError: if no URL is given, and ``UNDERSTUDY_URL`` is not set; or if it is no URL with http or https
    """
    own = os.environ.get("UNDERSTUDY_URL", "").rstrip("/")
    address = (url or own).rstrip("/")
    if not address:
        raise ValueError(
            "connect() got no URL, and UNDERSTUDY_URL is not set; give the URL, or run the program with understudy run"
        )
    if urlsplit(address).scheme not in ("http", "https"):
        name = "url" if url else "UNDERSTUDY_URL"
        raise ValueError(f"connect: {name} is {url or own!r}; expected a URL such as http://127.0.0.1:8080")
    # the token is sent only to the server that it belongs to
    known = os.environ.get("UNDERSTUDY_ADMIN_TOKEN") if address == own else None
    return Server(address, token or known, timeout=timeout)


@checked
def start(
    command: str | Sequence[Word] | None = None,
    *,
    options: Sequence[Word] = (),
    ready_timeout: float = 30,
    timeout: float = CALL_TIMEOUT,
) -> Server:
    """Starts a server on a free port of the loopback interface, or connects to the one that ``UNDERSTUDY_URL`` names.

    :param command: such as ``"npx oauth-understudy"``; then ``UNDERSTUDY_URL`` is not looked at. Default: the variable
        ``UNDERSTUDY_COMMAND``, or else ``understudy`` on the PATH
    :param options: options of ``understudy serve``, such as ``["--fixtures", "tests/scenarios"]``
    :param ready_timeout: seconds until the server is ready
    :param timeout: seconds for one call
    :raises TypeError: if an argument is of another type
    :raises UnderstudyError: if there is no command, or if it does not become ready. The message has its last lines
    """
    if command is None and os.environ.get("UNDERSTUDY_URL"):
        return connect(timeout=timeout)
    words = [*_words(command), "serve", "--host", "127.0.0.1", "--port", "0", *map(os.fspath, options)]
    running = Command(words, ready_timeout)
    return Server(running.url, os.environ.get("UNDERSTUDY_ADMIN_TOKEN"), timeout=timeout, command=running)


def _words(command: str | Sequence[Word] | None) -> List[str]:
    chosen = command or os.environ.get("UNDERSTUDY_COMMAND") or "understudy"
    words = shlex.split(chosen, posix=os.name == "posix") if isinstance(chosen, str) else [*map(os.fspath, chosen)]
    # on Windows, the command of an npm package is a file with another ending: which() finds it
    return [shutil.which(words[0]) or words[0], *words[1:]]
