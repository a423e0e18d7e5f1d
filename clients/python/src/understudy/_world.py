"""A world, with one method for each call of its admin API."""

from __future__ import annotations

from types import TracebackType
from typing import Any, List, Mapping, Sequence, Type, cast

from ._api import Api, document, given, path_of, query
from ._arguments import checked_calls
from ._authorize import DEFAULT_TIMEOUT, AuthorizeResult, Decision, visit
from ._documents import ClockState, Document, Entry, MintedTokens, Report, Verdict, WorldInfo
from ._errors import ExpectationError, UnderstudyError
from ._names import named_providers

LONGEST_WAIT = 60
"""Seconds that the journal waits at most."""


@checked_calls
class World:
    """A world of a running server: the private clients, users, tokens, clock, faults and journal of one test.

    At the end of a ``with`` block it is dropped. The world ``default`` cannot be dropped, and is reset.
    """

    id: str
    base_url: str
    """Base URL of the providers of this world."""

    def __init__(self, server_url: str, id: str, token: str | None, timeout: float) -> None:
        self.id = id
        self.base_url = server_url if id == "default" else f"{server_url}/w/{id}"
        self._token = token
        self._call = Api(f"{self.base_url}/__admin", token, timeout).call
        self._server = Api(f"{server_url}/__admin", token, timeout).call
        self.clock = Clock(self)
        self.providers = Providers(self)
        self.clients = Clients(self)
        self.users = Users(self)
        self.tokens = Tokens(self)
        self.codes = Codes(self)
        self.authorizations = Authorizations(self)
        self.journal = Journal(self)
        self.faults = Faults(self)
        self.exam = Exam(self)
        self.snapshot = Snapshot(self)

    def __enter__(self) -> World:
        return self

    def __exit__(
        self, kind: Type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except UnderstudyError as problem:
            # a test may drop its world by itself
            if problem.status != 404:
                raise

    def info(self) -> WorldInfo:
        """Reads the URLs to configure clients with, and the clock."""
        return named_providers(self._server("GET", path_of("worlds", self.id)))

    def reset(self) -> WorldInfo:
        """Removes the state of the world and starts again from its scenario."""
        return named_providers(self._call("POST", "/reset"))

    def play(self, scenario: str | Mapping[str, Any]) -> WorldInfo:
        """Plays a scenario, by name or inline. This resets the world."""
        return named_providers(self._call("PUT", "/scenario", _scenario(scenario)))

    def define_provider(self, name: str, document: Mapping[str, Any]) -> Document:
        """Makes a provider of this world from a document, as in a provider file, or replaces it.

        Its clients, users and tokens begin anew. It stays when the world is reset. Returns what
        :meth:`Providers.describe` returns.
        """
        return cast(Document, self._call("PUT", path_of("providers", name), dict(document)))

    def remove_provider(self, name: str) -> None:
        """Removes a provider that this world has of its own, with its clients, users and tokens."""
        self._call("DELETE", path_of("providers", name))

    def drop(self) -> None:
        """Drops the world. The world ``default`` cannot be dropped."""
        self._server("DELETE", path_of("worlds", self.id))

    def close(self, *, report: bool | Mapping[str, Any] = False) -> Report | None:
        """Ends the world: drops it. The world ``default`` is reset.

        :param report: ``True``, or options of :meth:`findings`, asks for the findings before, and returns them
        """
        try:
            return self.findings(**({} if report is True else report)) if report is not False else None
        finally:
            if self.id == "default":
                self.reset()
            else:
                self.drop()

    def verify(
        self,
        match: Mapping[str, Any] | None = None,
        *,
        count: int | Mapping[str, int] | None = None,
        order: Sequence[Mapping[str, Any]] | None = None,
    ) -> Verdict:
        """Compares the journal with an expectation.

        :param match: the entries that are counted, such as ``{"endpoint": "token", "status": 200}``
        :param count: a number, or ``{"atLeast": 1, "atMost": 2}``. Default: at least 1
        :param order: entries that must occur in this order. Others may occur between them
        """
        return cast(Verdict, self._call("POST", "/verify", given(match=match, count=count, order=order)))

    def expect(
        self,
        match: Mapping[str, Any] | None = None,
        *,
        count: int | Mapping[str, int] | None = None,
        order: Sequence[Mapping[str, Any]] | None = None,
    ) -> None:
        """Compares the journal with an expectation, as an assertion of a test.

        :raises ExpectationError: if it is not met, with the nearest entries and their differences
        """
        verdict = self.verify(match, count=count, order=order)
        if not verdict["passed"]:
            raise ExpectationError(given(match=match, count=count, order=order), verdict)

    def findings(self, *, severity: str | None = None, suppress: Mapping[str, str] | None = None) -> Report:
        """Reports the findings about the clients of this world, and the results of the expectations.

        :param severity: the lowest severity in the report. Default: ``note``, which includes every finding
        :param suppress: rules whose findings are accepted, each with the reason
        """
        return cast(Report, self._call("GET", f"/findings{_findings_query(severity, suppress)}"))

    def lineage(self, **selection: Any) -> List[Document]:
        """Lists token families: the tokens of each grant, their replacements, and the requests that used them."""
        return cast(List[Document], self._call("GET", f"/lineage{query(given(**selection))}")["families"])

    def authorize(
        self,
        url: str,
        *,
        username: str = "ada@example.test",
        password: str = "understudy",
        decision: Decision = "allow",
        scopes: Sequence[str] | None = None,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> AuthorizeResult:
        """Goes from an authorization URL, or from a URL of an application, through login and consent.

        See :func:`understudy.authorize`. It is an error if the URL leads to another world.
        """
        return visit(
            url,
            username,
            password,
            decision,
            scopes,
            server=self.base_url,
            token=self._token,
            timeout=timeout,
            world=self.id,
        )


class _Verbs:
    def __init__(self, world: World) -> None:
        self._call = world._call


@checked_calls
class Clock(_Verbs):
    """Virtual time."""

    def get(self) -> ClockState:
        """Reads the clock."""
        return cast(ClockState, self._call("GET", "/clock"))

    def set(self, **change: Any) -> ClockState:
        """Changes parts of the clock: ``now``, ``frozen``, ``rate``, ``skew_seconds``, ``date_header``."""
        return cast(ClockState, self._call("PATCH", "/clock", document(change)))

    def freeze(self, now: str | None = None) -> ClockState:
        """Stops virtual time, now or at a point in time such as ``2026-01-01T00:00:00Z``."""
        return cast(ClockState, self._call("PATCH", "/clock", given(frozen=True, now=now)))

    def expiries(self, *, limit: int | None = None) -> Document:
        """Lists the codes and tokens that expire next, earliest first: by default 20."""
        return cast(Document, self._call("GET", f"/clock/expiries{query(given(limit=limit))}"))

    def advance(self, by: str | None = None, *, to: str | None = None) -> Document:
        """Advances the clock: by ``'61m'``, to ``'next-expiry'``, or ``to`` a point in time. Tells what expired."""
        change = {"to": by} if by is not None and by.startswith("next") else given(by=by, to=to)
        return cast(Document, self._call("POST", "/clock/advance", change))


@checked_calls
class Providers(_Verbs):
    """Providers and their policies in this world."""

    def list(self) -> List[Document]:
        """Lists the providers: addresses, policy and conventions of each."""
        return cast(List[Document], self._call("GET", "/providers")["providers"])

    def describe(self, provider: str) -> Document:
        """Reads paths, policy, error table and quirks."""
        return cast(Document, self._call("GET", path_of("providers", provider)))

    def policy(self, provider: str, **change: Any) -> Document:
        """Changes the policy, such as ``access_token='15m'``. Omitted fields are unchanged."""
        return cast(Document, self._call("PATCH", path_of("providers", provider, "policy"), document(change)))


@checked_calls
class _Registered(_Verbs):
    _kind: str

    def list(self, provider: str) -> List[Document]:
        """Lists all."""
        return cast(List[Document], self._call("GET", path_of("providers", provider, self._kind))[self._kind])

    def get(self, provider: str, id: str) -> Document:
        """Reads one."""
        return cast(Document, self._call("GET", path_of("providers", provider, self._kind, id)))

    def add(self, provider: str, **members: Any) -> Document:
        """Adds one."""
        return cast(Document, self._call("POST", path_of("providers", provider, self._kind), document(members)))

    def update(self, provider: str, id: str, **change: Any) -> Document:
        """Changes parts of one. Omitted members are unchanged."""
        return cast(Document, self._call("PATCH", path_of("providers", provider, self._kind, id), document(change)))

    def remove(self, provider: str, id: str) -> None:
        """Deletes one: its codes and tokens are revoked."""
        self._call("DELETE", path_of("providers", provider, self._kind, id))


@checked_calls
class Clients(_Registered):
    """Applications that are registered: ``id``, ``secret``, ``name``, ``redirect_uris``, ``grants``, ``scopes``."""

    _kind = "clients"

    def snippets(self, provider: str, id: str) -> List[Document]:
        """Writes its settings as ``.env``, and a client that uses them in several languages."""
        path = path_of("providers", provider, "clients", id, "snippets")
        return cast(List[Document], self._call("GET", path)["snippets"])


class Users(_Registered):
    """Users who can log in: ``id``, ``username``, ``password``, ``name``, ``suspended``, ``profile``."""

    _kind = "users"


@checked_calls
class Tokens(_Verbs):
    """Access and refresh tokens.

    A selection has ``client_id``, ``user_id``, ``grant_id``, ``kind``, ``token`` and ``status``.
    """

    def mint(
        self,
        provider: str,
        *,
        client_id: str,
        user_id: str | None = None,
        scopes: Sequence[str] | None = None,
        expires_in: str | float | None = None,
    ) -> MintedTokens:
        """Mints a pair of tokens without a browser.

        :param expires_in: a duration such as ``15m``, or a number of seconds
        """
        order = given(client_id=client_id, user_id=user_id, scopes=scopes, expires_in=expires_in)
        return cast(MintedTokens, self._call("POST", path_of("providers", provider, "tokens"), order))

    def list(self, provider: str, **selection: Any) -> List[Document]:
        """Lists tokens: all, or those that match. ``limit`` and ``offset`` choose a page."""
        path = path_of("providers", provider, "tokens") + query(given(**selection))
        return cast(List[Document], self._call("GET", path)["tokens"])

    def get(self, provider: str, token: str) -> Document:
        """Reads a token."""
        return cast(Document, self._call("GET", path_of("providers", provider, "tokens", token)))

    def expire(self, provider: str, **selection: Any) -> int:
        """Expires tokens now: all, or those that match. Returns their number."""
        path = path_of("providers", provider, "tokens", "expire")
        return cast(int, self._call("POST", path, given(**selection))["expired"])

    def revoke(self, provider: str, **selection: Any) -> int:
        """Revokes tokens: all, or those that match. Returns their number."""
        path = path_of("providers", provider, "tokens", "revoke")
        return cast(int, self._call("POST", path, given(**selection))["revoked"])


@checked_calls
class Codes(_Verbs):
    """Authorization codes. A selection has ``client_id``, ``user_id``, ``grant_id``, ``code`` and ``status``."""

    def mint(self, provider: str, *, client_id: str, user_id: str, **more: Any) -> Document:
        """Mints an authorization code without a browser.

        :param more: ``redirect_uri``, ``scopes``, ``expires_in``, ``code_challenge``, ``code_challenge_method``
        """
        order = given(client_id=client_id, user_id=user_id, **more)
        return cast(Document, self._call("POST", path_of("providers", provider, "codes"), order))

    def list(self, provider: str, **selection: Any) -> List[Document]:
        """Lists authorization codes: all, or those that match. ``limit`` and ``offset`` choose a page."""
        path = path_of("providers", provider, "codes") + query(given(**selection))
        return cast(List[Document], self._call("GET", path)["codes"])

    def expire(self, provider: str, **selection: Any) -> int:
        """Expires authorization codes now: all, or those that match. Returns their number."""
        path = path_of("providers", provider, "codes", "expire")
        return cast(int, self._call("POST", path, given(**selection))["expired"])


@checked_calls
class Authorizations(_Verbs):
    """Login and consent pages that wait for a person."""

    def list(self, provider: str, *, status: str | None = None) -> List[Document]:
        """Lists the pages that wait, and those that were answered or expired recently."""
        path = path_of("providers", provider, "authorizations") + query(given(status=status))
        return cast(List[Document], self._call("GET", path)["authorizations"])

    def approve(self, provider: str, id: str, *, user: str, scopes: Sequence[str] | None = None) -> Document:
        """Logs in and allows in place of a person."""
        path = path_of("providers", provider, "authorizations", id, "approve")
        return cast(Document, self._call("POST", path, given(user=user, scopes=scopes)))

    def deny(self, provider: str, id: str) -> Document:
        """Denies in place of a person."""
        return cast(Document, self._call("POST", path_of("providers", provider, "authorizations", id, "deny")))


@checked_calls
class Journal(_Verbs):
    """The requests of clients.

    A filter has ``provider``, ``endpoint``, ``grant_type``, ``client_id``, ``user_id``, ``method``, ``path``,
    ``status``, ``reason``, ``fault`` and ``since``.
    """

    def list(self, **filter: Any) -> List[Entry]:
        """Lists entries, by default the oldest first: all, or those that match.

        :param filter: also ``limit``, ``offset`` and ``order``, which is ``oldest`` or ``newest``
        """
        return cast(List[Entry], self._call("GET", f"/journal{query(given(**filter))}")["entries"])

    def list_briefly(self, **filter: Any) -> List[Document]:
        """Lists entries without their headers, parameters, bodies, facts and notes."""
        return cast(List[Document], self._call("GET", f"/journal{query(given(**filter, brief=True))}")["entries"])

    def get(self, id: int) -> Entry:
        """Reads one entry, with what was expected if it was refused."""
        return cast(Entry, self._call("GET", f"/journal/{id}"))

    def clear(self) -> None:
        """Removes all entries."""
        self._call("DELETE", "/journal")

    def wait(self, *, timeout: str | None = None, **filter: Any) -> Entry:
        """Waits for the first complete entry that matches.

        :param timeout: a duration. Default: ``5s``; at most ``60s``
        :raises UnderstudyError: with the status 408 if there is none in time
        """
        path = f"/journal/wait{query(given(**filter, timeout=timeout))}"
        return cast(Entry, self._call("GET", path, more_seconds=LONGEST_WAIT))


@checked_calls
class Faults(_Verbs):
    """Rules that match requests and change their answers."""

    def add(
        self, match: Mapping[str, Any], fault: Mapping[str, Any] | Sequence[Mapping[str, Any]], **members: Any
    ) -> Document:
        """Adds a fault after the existing ones.

        :param match: such as ``{"endpoint": "token", "grantType": "refresh_token"}``
        :param fault: such as ``{"kind": "rate-limit", "retryAfter": 2}``, or several that apply in turn
        :param members: ``id``, ``skip``, ``times``, ``probability``, ``until`` and ``for_``
        """
        return cast(Document, self._call("POST", "/faults", {**given(**members), "match": match, "fault": fault}))

    def add_all(self, rules: Sequence[Mapping[str, Any]]) -> List[Document]:
        """Adds several faults. If one is invalid, none is added."""
        return cast(List[Document], self._call("POST", "/faults", rules)["faults"])

    def list(self) -> List[Document]:
        """Lists the faults, in the order in which they are tried."""
        return cast(List[Document], self._call("GET", "/faults")["faults"])

    def get(self, id: str) -> Document:
        """Reads a fault, and how often it was applied."""
        return cast(Document, self._call("GET", path_of("faults", id)))

    def remove(self, id: str) -> None:
        """Removes a fault. Requests that it holds continue."""
        self._call("DELETE", path_of("faults", id))

    def clear(self) -> None:
        """Removes all faults. Requests that they hold continue."""
        self._call("DELETE", "/faults")

    def release(self, id: str) -> int:
        """Releases the requests that a fault of the kind ``hold`` keeps waiting, and returns their number."""
        return cast(int, self._call("POST", path_of("faults", id, "release"))["released"])


@checked_calls
class Exam(_Verbs):
    """The exam of an application in this world."""

    def start(self, provider: str, *, connect: str, call: str, **more: Any) -> Document:
        """Begins an exam. The world is reset for each check, and has its state again afterwards, except its journal.

        :param more: ``disconnect``, ``only``, ``skip``, ``group``, ``repeat``, ``timeout`` and ``client``
        """
        order = given(provider=provider, connect=connect, call=call, **more)
        return cast(Document, self._call("POST", "/exam", order))

    def state(self, *, brief: bool | None = None) -> Document:
        """Reads the exam that runs, or else the last one. ``brief``: checks have no requests."""
        return cast(Document, self._call("GET", f"/exam{query(given(brief=brief))}"))

    def check(self, id: str) -> Document:
        """Reads one check of it, with its requests."""
        return cast(Document, self._call("GET", path_of("exam", "checks", id)))

    def report(self, format: str = "html") -> str:
        """Writes the result of the last exam as a text. Default: one page of HTML."""
        return cast(str, self._call("GET", f"/exam/report{query({'format': format})}"))

    def stop(self) -> Document:
        """Stops the exam that runs: it ends with what is known."""
        return cast(Document, self._call("DELETE", "/exam"))


@checked_calls
class Snapshot(_Verbs):
    """The state of the world as one document."""

    def take(self) -> Document:
        """Writes the state of the world."""
        return cast(Document, self._call("GET", "/snapshot"))

    def restore(self, snapshot: Mapping[str, Any]) -> WorldInfo:
        """Replaces the world by the state in a snapshot."""
        return named_providers(self._call("PUT", "/snapshot", snapshot))


def _scenario(scenario: str | Mapping[str, Any]) -> Mapping[str, Any]:
    return {"name": scenario} if isinstance(scenario, str) else scenario


def _findings_query(severity: str | None, suppress: Mapping[str, str] | None, **more: str) -> str:
    reasons = [f"{rule}: {reason}" for rule, reason in (suppress or {}).items()] or None
    return query(given(severity=severity, suppress=reasons, **more))
