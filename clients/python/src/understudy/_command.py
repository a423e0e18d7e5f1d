"""The process of a server that is started for a test run."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from typing import Deque, Literal, Sequence

from ._errors import UnderstudyError

KEPT_LINES = 20
"""Lines of its output that are kept for an error message."""
KEPT_CHARACTERS = 2000
"""Characters of a line that are read at once."""
STOP_SECONDS = 10
"""How long the server may finish its requests before it is killed."""


class Command:
    """A command that serves, prints ``{"ready":true,"url":…}``, and ends at SIGTERM."""

    url: str

    def __init__(self, words: Sequence[str], ready_timeout: float) -> None:
        self._lines: Deque[str] = deque(maxlen=KEPT_LINES)
        self._told = threading.Event()
        self._url: str | None = None
        try:
            self._process = subprocess.Popen(
                words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                errors="replace",
                # signals go to all processes of its group, and Ctrl+C of the terminal only to the tests
                start_new_session=os.name == "posix",
            )
        except OSError as error:
            raise UnderstudyError(
                f"{words[0]} cannot be started: {error.strerror or error}. Install the command with npm install "
                "--global oauth-understudy, or name another in UNDERSTUDY_COMMAND, such as npx oauth-understudy, or a "
                "running server in UNDERSTUDY_URL"
            ) from error
        atexit.register(self.stop)
        # until the end, because a full pipe would stop the server
        self._reader = threading.Thread(target=self._read, name="understudy output", daemon=True)
        self._reader.start()
        self._told.wait(ready_timeout)
        if self._url is None:
            code = self._process.poll()
            self.stop()
            how = f"was not ready after {ready_timeout} s" if code is None else f"ended with {code}"
            raise UnderstudyError("\n  ".join([f"{' '.join(words)} {how}", *self._lines]))
        self.url = self._url

    def _read(self) -> None:
        output = self._process.stdout
        assert output is not None
        for line in iter(lambda: output.readline(KEPT_CHARACTERS), ""):
            self._lines.append(line.rstrip())
            if self._url is None and line.startswith('{"ready":true'):
                self._url = json.loads(line)["url"]
                self._told.set()
        self._process.wait()
        self._told.set()

    def stop(self) -> None:
        """Ends the process and those it started: they finish their requests first. Does nothing if all have ended."""
        atexit.unregister(self.stop)
        if self._process.poll() is None or self._reader.is_alive():
            self._signal("SIGTERM")
            if not self._ends(STOP_SECONDS):
                self._signal("SIGKILL")
                self._process.wait()
                self._reader.join(1)
        if not self._reader.is_alive() and self._process.stdout is not None:
            self._process.stdout.close()

    def _signal(self, name: Literal["SIGTERM", "SIGKILL"]) -> None:
        """Sends a signal to all processes of the command: npx and shells do not pass it on."""
        if sys.platform == "win32":
            self._process.terminate()
            return
        try:
            os.killpg(self._process.pid, getattr(signal, name))
        except (ProcessLookupError, PermissionError):
            pass  # all have ended; macOS refuses if they are only to be waited for

    def _ends(self, seconds: float) -> bool:
        """Waits until the process has ended, and all others of the command have closed its output."""
        deadline = time.monotonic() + seconds
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        self._reader.join(max(0, deadline - time.monotonic()))
        return not self._reader.is_alive()
