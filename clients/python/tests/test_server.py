"""Which server is used, and the command that is started."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import unittest
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from unittest.mock import patch

import understudy
from understudy._api import document

from .support import reply, serve

COMMAND = os.environ.get("UNDERSTUDY_COMMAND")


def python(program: str) -> list[str]:
    """A command that runs a Python program."""
    return [sys.executable, "-c", program]


class Connect(unittest.TestCase):
    def token_at(self, url: str, **variables: str) -> str | None:
        with patch.dict("os.environ", variables):
            return understudy.connect(url or None)._token

    def test_the_token_of_a_run_is_sent_to_its_own_server_only(self) -> None:
        run = {"UNDERSTUDY_URL": "http://127.0.0.1:1/", "UNDERSTUDY_ADMIN_TOKEN": "secret"}
        self.assertEqual(self.token_at("", **run), "secret")
        self.assertEqual(self.token_at("http://127.0.0.1:1", **run), "secret")
        self.assertIsNone(self.token_at("http://127.0.0.1:2", **run))

    def test_the_token_is_sent_as_a_bearer_token(self) -> None:
        tokens: list[str | None] = []

        def answer(request: BaseHTTPRequestHandler) -> None:
            tokens.append(request.headers["Authorization"])
            reply(request, 204, {})

        url = serve(self, answer)
        understudy.connect(url, token="t").world().drop()
        understudy.connect(url).world().drop()
        self.assertEqual(tokens, ["Bearer t", None])

    def test_without_a_url_there_is_nothing_to_connect_to(self) -> None:
        with patch.dict("os.environ", {"UNDERSTUDY_URL": ""}), self.assertRaisesRegex(ValueError, "got no URL"):
            understudy.connect()

    def test_what_is_no_url_is_refused_at_once_with_where_it_came_from(self) -> None:
        words = "; expected a URL such as http://127.0.0.1:8080$"
        for url in ("nope", "localhost:8080"):
            with self.assertRaisesRegex(ValueError, f"^connect: url is {url!r}{words}"):
                understudy.connect(url)
            with patch.dict("os.environ", {"UNDERSTUDY_URL": url}):
                for connected in (understudy.connect, understudy.start):
                    with self.assertRaisesRegex(ValueError, f"^connect: UNDERSTUDY_URL is {url!r}{words}"):
                        connected()

    def test_an_answer_that_is_no_problem_document_is_shown(self) -> None:
        url = serve(self, lambda request: reply(request, 502, {}, b"Bad gateway"))
        with self.assertRaises(understudy.UnderstudyError) as raised:
            understudy.connect(url).health()
        self.assertEqual(str(raised.exception), "GET /health answered 502: Bad gateway")
        self.assertEqual(raised.exception.errors, [])

    def test_keywords_become_names_of_the_admin_api(self) -> None:
        self.assertEqual(document({"redirect_uris": 1, "for_": 2, "id": 3}), {"redirectUris": 1, "for": 2, "id": 3})


class Start(unittest.TestCase):
    @unittest.skipIf(COMMAND is None, "UNDERSTUDY_COMMAND names no command")
    def test_a_command_serves_until_the_end_of_the_block(self) -> None:
        with patch.dict("os.environ", {"UNDERSTUDY_URL": ""}):
            with understudy.start(options=["--scenario", "happy-path"]) as server:
                self.assertEqual(server.world().info()["scenario"], "happy-path")
                command = server._command
            assert command is not None
            self.assertEqual(command._process.returncode, 0)
            with self.assertRaises(understudy.UnderstudyError):
                server.health()
            server.close()
            with self.assertRaisesRegex(understudy.UnderstudyError, "^close: the server is closed already"):
                server.close(report=True)

    @unittest.skipIf(COMMAND is None, "UNDERSTUDY_COMMAND names no command")
    def test_a_command_that_refuses_its_options_is_an_error_with_its_words(self) -> None:
        with self.assertRaises(understudy.UnderstudyError) as raised:
            understudy.start(COMMAND, options=["--prot", "1"])
        self.assertRegex(str(raised.exception), r"ended with 2\n[\s\S]*--prot")

    def test_a_running_server_is_used_rather_than_a_command(self) -> None:
        with patch.dict("os.environ", {"UNDERSTUDY_URL": "http://127.0.0.1:1"}):
            self.assertEqual(understudy.start().url, "http://127.0.0.1:1")

    def test_a_command_that_does_not_exist_says_what_to_do(self) -> None:
        nothing = {"UNDERSTUDY_URL": "", "UNDERSTUDY_COMMAND": "", "PATH": "/nowhere"}
        words = "understudy cannot be started: .* npm install"
        with patch.dict("os.environ", nothing), self.assertRaisesRegex(understudy.UnderstudyError, words):
            understudy.start()

    def test_a_command_that_is_not_ready_in_time_is_ended(self) -> None:
        with self.assertRaisesRegex(understudy.UnderstudyError, r"was not ready after 0.5 s\n  waiting"):
            understudy.start(python("import time; print('waiting', flush=True); time.sleep(60)"), ready_timeout=0.5)

    def test_a_command_that_does_not_end_is_killed(self) -> None:
        program = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print('{"ready":true,"url":"http://127.0.0.1:1"}', flush=True)
for _ in range(100000): print("x" * 100)
time.sleep(60)
"""
        server = understudy.start(python(program))
        with patch("understudy._command.STOP_SECONDS", 0.2):
            server.close()
        assert server._command is not None
        self.assertLess(server._command._process.returncode, 0)

    @unittest.skipIf(os.name != "posix", "Windows has no groups of processes with signals")
    def test_a_server_ends_below_a_command_that_does_not_pass_signals_on(self) -> None:
        program = """
import pathlib, signal, sys, time
def end(*_):
    time.sleep(0.3)
    pathlib.Path({file!r}).touch()
    sys.exit()
signal.signal(signal.SIGTERM, end)
print('{{"ready":true,"url":"http://127.0.0.1:1"}}', flush=True)
time.sleep(60)
"""
        outlives = "signal.signal(signal.SIGTERM, lambda *_: None)"
        for first in (outlives, "pass"):
            with self.subTest(first), tempfile.TemporaryDirectory() as folder:
                ended = Path(folder, "ended")
                child = python(program.format(file=str(ended)))
                before = time.monotonic()
                understudy.start(python(f"import signal, subprocess\n{first}\nsubprocess.call({child!r})")).close()
                self.assertTrue(ended.exists(), "the server ended by itself, before close() returned")
                self.assertLess(time.monotonic() - before, 8)


if __name__ == "__main__":
    unittest.main()
