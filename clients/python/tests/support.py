"""What the tests share: a server, a world for each test, and servers that answer as a test says."""

from __future__ import annotations

import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Callable, ClassVar, Mapping
from urllib.parse import urlencode

import understudy

CLIENT = "understudy-client"
ADA = "ada@example.test"


class WorldCase(unittest.TestCase):
    """Each test has a world of its own, with a frozen clock."""

    server: ClassVar[understudy.Server]

    @classmethod
    def setUpClass(cls) -> None:
        cls.server = understudy.start()
        cls.addClassCleanup(cls.server.close)

    def setUp(self) -> None:
        self.world = self.server.new_world(seed=1, clock={"now": "2026-01-01T00:00:00Z", "frozen": True})
        self.addCleanup(self.world.drop)

    def authorize_url(self, provider: str = "mailup", **members: str) -> str:
        """What a client sends the browser to."""
        asked = {"client_id": CLIENT, "response_type": "code", "redirect_uri": "http://localhost:3000/callback"}
        url = self.world.info()["providers"][provider]["authorizeUrl"]
        return f"{url}?{urlencode({**asked, **members})}"


Answer = Callable[[BaseHTTPRequestHandler], None]


def serve(case: unittest.TestCase, answer: Answer) -> str:
    """Serves until the end of a test, and returns the base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        do_POST = do_DELETE = do_GET

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    case.addCleanup(server.server_close)
    case.addCleanup(server.shutdown)
    return f"http://127.0.0.1:{server.server_port}"


def reply(request: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: bytes = b"") -> None:
    """Answers a request."""
    request.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)
