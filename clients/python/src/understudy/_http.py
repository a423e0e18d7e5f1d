"""One HTTP request, with a limit for its time and for the size of its answer.

``http.client`` follows no redirect and knows no proxy: a request goes to the host that it names, and to no other.
"""

from __future__ import annotations

import string
import time
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Mapping, NamedTuple
from urllib.parse import quote, urlsplit
from urllib.request import Request

from ._errors import UnderstudyError


class Answer(NamedTuple):
    """The answer to one request."""

    url: str
    status: int
    location: str | None
    is_json: bool
    body: bytes

    @property
    def text(self) -> str:
        """The body as text. Every page and document of the server is in UTF-8."""
        return self.body.decode("utf-8", "replace")


def cookie_jar() -> CookieJar:
    """The cookies of one browser. As browsers do on loopback, it sends ``Secure`` cookies over HTTP too."""
    return CookieJar(DefaultCookiePolicy(secure_protocols=("http", "https")))


def send(
    method: str,
    url: str,
    *,
    timeout: float,
    limit: int,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    cookies: CookieJar | None = None,
) -> Answer:
    """Sends a request and reads its answer.

    :param timeout: seconds for all of it
    :param limit: bytes of the body of the answer
    :raises UnderstudyError: if there is no whole answer
    """
    deadline = time.monotonic() + timeout
    connection, target = _connection(url, timeout)
    # only for its cookies: a cookie jar reads and writes the headers of such an object
    request = Request(url, body, {**(headers or {}), "Connection": "close"}, method=method)
    if cookies is not None:
        cookies.add_cookie_header(request)
    try:
        connection.request(method, target, body, dict(request.header_items()))
        with connection.getresponse() as answer:
            content = _read(answer, limit, deadline)
    except (OSError, HTTPException) as error:
        raise UnderstudyError(f"{method} {url} did not answer: {error or type(error).__name__}") from error
    finally:
        connection.close()
    if cookies is not None:
        cookies.extract_cookies(answer, request)
    is_json = "json" in (answer.getheader("content-type") or "")
    return Answer(url, answer.status, answer.getheader("location"), is_json, content)


def _connection(url: str, timeout: float) -> tuple[HTTPConnection, str]:
    try:
        parts = urlsplit(url)
        kind = {"http": HTTPConnection, "https": HTTPSConnection}[parts.scheme]
        if parts.hostname is None:
            raise ValueError("it names no host")
        connection: HTTPConnection = kind(parts.hostname, parts.port, timeout=timeout)
    except (ValueError, KeyError, HTTPException) as error:
        raise UnderstudyError(f"{url} is no URL with http:// or https://: {error}") from error
    path, query = (quote(part, string.punctuation) for part in (parts.path, parts.query))
    return connection, f"{path or '/'}?{query}" if query else path or "/"


def _read(answer: HTTPResponse, limit: int, deadline: float) -> bytes:
    expected = answer.length  # None: it has no Content-Length
    content = bytearray()
    # read1() returns what has arrived, so that an answer of single bytes cannot last longer than the deadline
    while expected is None or len(content) < expected:
        part = answer.read1(65536)
        if not part:
            break
        content += part
        if len(content) > limit:
            raise HTTPException(f"its body has more than {limit} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("its body did not arrive in time")
    if expected is not None and len(content) < expected:
        raise HTTPException(f"its body ended after {len(content)} of {expected} bytes")
    return bytes(content)
