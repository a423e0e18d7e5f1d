"""Each request has a limit for its time and for the size of its answer."""

from __future__ import annotations

import time
import unittest
import unittest.mock
from http.server import BaseHTTPRequestHandler

import understudy
from understudy._http import send

from .support import reply, serve


class Limits(unittest.TestCase):
    def fails(self, url: str, words: str, timeout: float = 5, limit: int = 1000) -> None:
        with self.assertRaisesRegex(understudy.UnderstudyError, words) as raised:
            send("GET", url, timeout=timeout, limit=limit)
        self.assertIsNone(raised.exception.status)

    def test_a_body_that_is_too_large_is_refused(self) -> None:
        url = serve(self, lambda request: reply(request, 200, {}, b"x" * 5000))
        self.fails(url, "its body has more than 1000 bytes")
        self.assertEqual(len(send("GET", url, timeout=5, limit=5000).body), 5000)

    def test_half_a_body_is_no_answer(self) -> None:
        url = serve(self, lambda request: reply(request, 200, {"Content-Length": "10"}, b"12345"))
        self.fails(url, "its body ended after 5 of 10 bytes")

    def test_an_answer_that_never_begins_is_not_awaited(self) -> None:
        url = serve(self, lambda request: time.sleep(0.6))
        self.fails(url, "did not answer: .*timed out", timeout=0.1)

    def test_a_body_that_drips_ends_at_the_deadline(self) -> None:
        def drip(request: BaseHTTPRequestHandler) -> None:
            try:
                reply(request, 200, {"Content-Length": "100"})
                for _ in range(20):
                    request.wfile.write(b".")
                    time.sleep(0.05)
            except OSError:
                pass  # the reader has left

        began = time.monotonic()
        self.fails(serve(self, drip), "its body did not arrive in time", timeout=0.2)
        self.assertLess(time.monotonic() - began, 0.9)

    def test_a_url_that_is_none_is_an_error(self) -> None:
        for url in ("localhost:8080", "file:///etc/passwd", "http://localhost:none/", "http://[/", "http://"):
            self.fails(url, "URL|port")

    def test_no_proxy_of_the_environment_is_used(self) -> None:
        url = serve(self, lambda request: reply(request, 200, {}, b"here"))
        with unittest.mock.patch.dict("os.environ", {"http_proxy": "http://127.0.0.1:1", "no_proxy": ""}):
            self.assertEqual(send("GET", f"{url}/a b", timeout=5, limit=10).text, "here")


if __name__ == "__main__":
    unittest.main()
