"""Plays the person in a browser: follows redirects, logs in, and allows or denies."""

from __future__ import annotations

import ipaddress
import json
import os
import re
import time
from dataclasses import dataclass
from typing import List, Literal, Sequence, Tuple, get_args
from urllib.parse import SplitResult, parse_qs, urlencode, urljoin, urlsplit

from ._arguments import checked
from ._errors import UnderstudyError, detail_of
from ._forms import Page
from ._hosts import REAL_HOSTS, at_server
from ._http import Answer, cookie_jar, send
from ._refusal import Refusal, refusal_at

Decision = Literal["allow", "deny"]
Fields = List[Tuple[str, str]]

DEFAULT_TIMEOUT = 30.0
"""Seconds for a whole authorization."""
PAGE_LIMIT = 4 * 1024 * 1024
"""Bytes of one page."""
VISIT_LIMIT = 20
"""Requests of one authorization, against endless redirects."""


@dataclass(frozen=True)
class Arrival:
    """What the application answered to its callback, after its own redirects."""

    url: str
    status: int
    text: str


@dataclass(frozen=True)
class AuthorizeResult:
    """The redirect back to the client."""

    redirect_to: str
    """The whole redirect URL: the callback of the client under test."""
    code: str | None
    state: str | None
    error: str | None
    arrival: Arrival | None
    """None: the callback was not requested, because all began at the provider, or because its host is not visited."""


class AuthorizeError(UnderstudyError):
    """A page answered with an error, or the way leads to a host that is not visited."""

    page: str
    """The page, as HTML."""
    reason: str | None
    """Why the provider refused, such as ``client.unknown``. None: it did not, or its journal cannot be read."""
    explanation: str | None
    """The explanation of the journal. None: the provider did not refuse, or its journal cannot be read."""
    expected: List[str]
    """The values that were expected, such as the registered redirect URIs."""
    received: List[str]
    """The value that came instead."""

    def __init__(
        self, message: str, status: int | None = None, page: str = "", refusal: Refusal | None = None
    ) -> None:
        read = Page(page)
        self.page = page
        # the page of a refusal says no more than the journal
        self.reason = refusal.reason if refusal else None
        self.explanation = refusal.explanation if refusal else None
        self.expected = read.expected or (refusal.expected if refusal else [])
        self.received = read.received or (refusal.received if refusal else [])
        says = f"{refusal.reason}: {refusal.explanation}" if refusal else _problem_in(page) or read.says
        sides = [("expected:", self.expected), ("received:", self.received)]
        lines = [f"{name} {', '.join(values)}" for name, values in sides if values]
        super().__init__("\n  ".join([f"{message}: {says}" if page or refusal else message, *lines]), status)


@checked
def authorize(
    url: str,
    *,
    username: str = "ada@example.test",
    password: str = "understudy",
    decision: Decision = "allow",
    scopes: Sequence[str] | None = None,
    server: str | None = None,
    token: str | None = None,
    timeout: float = DEFAULT_TIMEOUT,
) -> AuthorizeResult:
    """Goes through login and consent, as a browser does, until the redirect back to the client.

    With the authorization URL from a client, the callback is not requested. With a URL of an application, such as
    ``http://localhost:3000/connect``, it is: the application redirects to the provider, and gets its callback with its
    cookies.

    Requests go to loopback addresses, to the server and to the application, and to no other host. The pages of a real
    provider are those of ``server``: nothing is sent to its host.

    :param decision: ``allow`` or ``deny``
    :param scopes: the scopes to allow, at a provider whose consent page asks for each scope: tinyEmail. Default: all
    :param server: base URL of the server, if it is not on a loopback address
    :param token: token of the admin API of ``server``, whose journal tells why a request was refused
    :param timeout: seconds for all of it
    :raises AuthorizeError: if a page answers with an error, or if a redirect leads to another host
    :raises TypeError: if an argument is of another type
    :raises ValueError: if the URL is none, the decision is another word, or the page does not ask for one of the scopes
    """
    return visit(
        url, username, password, decision, scopes, server=server, token=token, timeout=timeout, world=None
    )


def visit(
    url: str,
    username: str,
    password: str,
    decision: Decision,
    scopes: Sequence[str] | None,
    *,
    server: str | None,
    token: str | None,
    timeout: float,
    world: str | None,
) -> AuthorizeResult:
    """Makes the visit of :func:`authorize`.

    :param world: the world that it must lead to. None: any world of the server
    """
    if _host(url) is None:
        raise ValueError(f"url is {url!r}; expected a URL such as http://localhost:3000/connect")
    if decision not in get_args(Decision):
        raise ValueError(f"decision is {decision!r}; expected 'allow' or 'deny'")
    following = at_server(url, server)
    browser = _Browser(following, server, timeout)
    while not browser.is_authorization(following):
        answer = browser.visit(following)
        if answer.location is None:
            problem = f"{answer.url} answered {answer.status} and does not redirect to the provider"
            raise AuthorizeError(problem, answer.status, answer.text)
        following = at_server(_join(answer, answer.location), server)
    other = _other_world(following, server, world)
    if other is not None:
        raise AuthorizeError(
            f"{following.split('?')[0]} is of the world {other!r}, and authorize was called on the world {world!r}; "
            "give the application the URLs of this one"
        )
    answer = browser.visit(following)

    def refused(message: str, at: Answer) -> AuthorizeError:
        refusal = refusal_at(at.url, _token_for(at.url, server, token))
        return AuthorizeError(message, at.status, at.text, refusal)

    first = urlsplit(answer.url)
    logged_in = False
    while True:
        fields: Fields | None = None
        if answer.location is not None:
            target = _join(answer, answer.location)
        else:
            page = Page(answer.text)
            if answer.status >= 400 or not page.forms:
                raise refused(f"the page answered {answer.status}", answer)
            # the consent page has two forms: the first allows, the second denies
            is_consent = len(page.forms) > 1 and not page.forms[0].is_login
            form = page.forms[1 if is_consent and decision == "deny" else 0]
            if is_consent and decision == "allow" and scopes is not None:
                form.refuse_others(scopes)
            if form.is_login and logged_in:
                raise refused(f"the login of {username} failed", answer)
            logged_in = logged_in or form.is_login
            fields = form.filled(username, password, scopes)
            target = _join(answer, form.action)
        if not _is_page(urlsplit(target), first):
            break
        answer = browser.visit(target, fields)
    if "client_id" not in parse_qs(urlsplit(following).query.lower()):
        raise AuthorizeError(
            f"{following} has no client_id, so it is no authorization request; it led to {target.split('?')[0]}"
        )

    # response_mode=form_post: the form belongs to the client, and its fields are the answer
    redirect_to = target if fields is None else f"{target.split('?')[0]}?{urlencode(fields)}"
    parts = urlsplit(redirect_to)
    values = {**parse_qs(parts.fragment), **parse_qs(parts.query)}
    code, state, error = (values.get(name, [None])[0] for name in ("code", "state", "error"))
    return AuthorizeResult(redirect_to, code, state, error, browser.arrive(target, fields))


class _Browser:
    def __init__(self, first: str, server: str | None, timeout: float) -> None:
        self._cookies = cookie_jar()
        self._deadline = time.monotonic() + timeout
        self._visits = 0
        self._server = None if server is None else urlsplit(server)
        self._hosts = {_host(server)} if server is not None else set()
        self._is_application = not self.is_authorization(first)
        if self._is_application and _host(first) not in REAL_HOSTS:
            self._hosts.add(_host(first))

    def is_authorization(self, url: str) -> bool:
        """Whether a URL is one of the provider: it is on the server, or has the parameters of RFC 6749 §4.1.1."""
        parts = urlsplit(url)
        if self._server is not None and _place(parts) == _place(self._server):
            return True
        return {"response_type", "client_id"} <= parse_qs(parts.query, keep_blank_values=True).keys()

    def may_visit(self, url: str) -> bool:
        host = _host(url)
        return host is not None and (_is_loopback(host) or host in self._hosts)

    def visit(self, url: str, fields: Fields | None = None) -> Answer:
        if not self.may_visit(url):
            raise AuthorizeError(
                f"{url} is neither on a loopback address nor on the host of the server or of the application; nothing "
                "was sent to it. Configure the client with the URLs of the world"
            )
        self._visits += 1
        if self._visits > VISIT_LIMIT:
            raise AuthorizeError(f"there was no end after {VISIT_LIMIT} requests; the next was {url}")
        headers = {"Accept": "text/html"}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = send(
            "GET" if fields is None else "POST",
            url,
            timeout=max(0.001, self._deadline - time.monotonic()),
            limit=PAGE_LIMIT,
            body=None if fields is None else urlencode(fields).encode(),
            headers=headers,
            cookies=self._cookies,
        )
        return answer if 300 <= answer.status < 400 else answer._replace(location=None)

    def arrive(self, target: str, fields: Fields | None) -> Arrival | None:
        """Requests the callback of the application, and follows its redirects within the hosts that are visited."""
        if not self._is_application or not self.may_visit(target):
            return None
        answer = self.visit(target, fields)
        while answer.location is not None:
            following = _join(answer, answer.location)
            if not self.may_visit(following) or self.is_authorization(following):
                break
            answer = self.visit(following)
        return Arrival(answer.url, answer.status, answer.text)


def _other_world(url: str, server: str | None, asked: str | None) -> str | None:
    """The world of an authorization request, if it is another one than asked for. None: the URL does not tell."""
    if asked is None or server is None:
        return None
    parts, root = urlsplit(url), urlsplit(re.sub("/w/[^/]+$", "", server))
    named = re.search("/w/([^/]+)/", parts.path)
    if named:
        found = named[1]
    else:
        is_below = _place(parts) == _place(root) and parts.path.startswith(f"{root.path}/")
        found = "default" if is_below else asked
    return None if found == asked else found


def _problem_in(page: str) -> str | None:
    """What a problem document (RFC 9457) says. None: the page is another."""
    return detail_of(json.loads(page)) if page.startswith('{"type":') else None


def _is_page(url: SplitResult, first: SplitResult) -> bool:
    """The pages of a flow have ``authorization`` in the query, or are its first URL. A callback has neither."""
    is_there = (url.scheme, url.netloc) == (first.scheme, first.netloc)
    # the value is empty if the request was refused behind the login page
    names = parse_qs(url.query, keep_blank_values=True)
    return is_there and ("authorization" in names or url.path == first.path)


def _token_for(page: str, server: str | None, token: str | None) -> str | None:
    """The token of the admin API of a page. It is sent only to the server that it belongs to."""
    place = _place(urlsplit(page))
    if token is not None:
        return token if server is not None and place == _place(urlsplit(server)) else None
    own = os.environ.get("UNDERSTUDY_URL")
    return os.environ.get("UNDERSTUDY_ADMIN_TOKEN") if own and place == _place(urlsplit(own)) else None


def _join(answer: Answer, location: str) -> str:
    try:
        joined = urljoin(answer.url, location)
        urlsplit(joined).port  # noqa: B018 - it is read only when it is asked for
        return joined
    except ValueError as error:
        raise AuthorizeError(f"{answer.url} leads to {location!r}, which is no URL: {error}") from error


def _host(url: str) -> str | None:
    parts = urlsplit(url)
    return parts.hostname if parts.scheme in ("http", "https") else None


def _place(url: SplitResult) -> Tuple[str, int]:
    host = url.hostname or ""
    # the client may know the server as localhost, and the test as 127.0.0.1
    return "loopback" if _is_loopback(host) else host, url.port or (443 if url.scheme == "https" else 80)


def _is_loopback(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
