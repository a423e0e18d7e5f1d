"""Answers of the admin API that tests read most. Its reference describes every member.

Members of ``total=False`` are absent where the reference says so.
"""

from __future__ import annotations

from typing import Any, Dict, List, TypedDict


class Health(TypedDict):
    """Whether the server is ready."""

    status: str
    version: str
    worlds: int
    startedAt: str


class _ProviderUrls(TypedDict):
    baseUrl: str
    authorizeUrl: str
    tokenUrl: str
    apiUrl: str


class ProviderUrls(_ProviderUrls, total=False):
    """What a client is configured with. ``refreshUrl``: where refresh tokens are exchanged, if not at ``tokenUrl``."""

    refreshUrl: str


class ClockState(TypedDict):
    """The virtual clock of a world."""

    now: str
    frozen: bool
    rate: float
    skewSeconds: float
    dateHeader: str


class _WorldInfo(TypedDict):
    id: str
    scenario: str | None
    seed: str | None
    baseUrl: str
    adminUrl: str
    providers: Dict[str, ProviderUrls]
    clock: ClockState


class WorldInfo(_WorldInfo, total=False):
    """A world: URLs to configure clients with, and its clock."""

    internal: Dict[str, Any]
    proxyUrl: str
    dropsAt: str | None


class MintedTokens(TypedDict):
    """A pair of tokens that was made without a browser."""

    accessToken: str
    refreshToken: str | None
    tokenType: str | None
    expiresAt: str | None
    expiresIn: float | None
    scopes: List[str]
    clientId: str
    userId: str | None
    grantId: str


class _Entry(TypedDict):
    id: int
    at: str
    realAt: str
    endpoint: str
    request: Dict[str, Any]
    notes: List[str]


class Entry(_Entry, total=False):
    """An entry of the journal: one request of a client."""

    provider: str
    grantType: str
    clientId: str
    userId: str
    flow: str
    response: Dict[str, Any]
    status: int
    reason: str
    facts: Any
    explanation: str
    fault: Dict[str, str]
    durationMs: float
    failure: str
    comparison: Dict[str, Any]


class Verdict(TypedDict):
    """What a comparison of the journal with an expectation says."""

    passed: bool
    actual: int
    expected: Dict[str, int | None]
    matched: List[Dict[str, Any]]
    nearMisses: List[Dict[str, Any]]
    dropped: int


class Finding(TypedDict):
    """A verdict on a client. ``evidence`` are ids of entries."""

    rule: str
    severity: str
    verdict: str
    clause: str
    advice: str
    provider: str
    clientId: str | None
    userIds: List[str]
    evidence: List[int]
    requests: List[Dict[str, Any]]
    count: int
    cases: List[Dict[str, Any]]


class Report(TypedDict):
    """The findings of a world, and the results of its expectations."""

    world: str
    scenario: str | None
    at: str
    judged: Dict[str, int]
    refused: Dict[str, Any]
    expectations: List[Dict[str, Any]]
    summary: Dict[str, int]
    findings: List[Finding]
    suppressed: List[Dict[str, Any]]
    unused: List[Any]


Document = Dict[str, Any]
"""Any other document of the admin API."""
