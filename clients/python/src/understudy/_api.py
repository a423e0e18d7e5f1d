"""Calls of the admin API."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, Mapping
from urllib.parse import quote, urlencode

from ._errors import refusal
from ._http import send

ANSWER_LIMIT = 65 * 1024 * 1024
"""Bytes of an answer. The largest is a snapshot, which has 64 MiB at most."""


class Api:
    """The admin API below a base URL such as ``http://localhost:8080/w/x/__admin``."""

    def __init__(self, base: str, token: str | None, timeout: float) -> None:
        self._base = base
        self._token = token
        self._timeout = timeout

    def call(self, method: str, path: str, body: Any = None, *, more_seconds: float = 0) -> Any:
        """Makes one call, and returns its parsed answer.

        :param more_seconds: how long the server may wait before it answers
        :raises UnderstudyError: if it is refused, or not answered
        """
        headers = {"Accept": "*/*"}
        if self._token is not None:
            headers["Authorization"] = f"Bearer {self._token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        answer = send(
            method,
            self._base + path,
            timeout=self._timeout + more_seconds,
            limit=ANSWER_LIMIT,
            body=None if body is None else json.dumps(body).encode(),
            headers=headers,
        )
        value = json.loads(answer.body) if answer.is_json and answer.body else answer.text
        if answer.status < 300:
            return value
        raise refusal(
            f"{method} {path}", answer.status, value if isinstance(value, dict) else {"detail": answer.text[:500]}
        )


def path_of(*segments: str) -> str:
    """Makes a path from names, which may contain any character."""
    return "".join(f"/{quote(segment, '')}" for segment in segments)


def document(members: Mapping[str, Any]) -> Dict[str, Any]:
    """Makes a document from keywords: ``redirect_uris`` becomes ``redirectUris``, and ``for_`` becomes ``for``."""
    return {_member(name): value for name, value in members.items()}


def _member(keyword: str) -> str:
    return re.sub("_([a-z0-9])", lambda found: found[1].upper(), keyword.rstrip("_"))


def given(**members: Any) -> Dict[str, Any]:
    """The same from the keywords that were given: None means that the server's default applies."""
    return document({name: value for name, value in members.items() if value is not None})


def query(members: Mapping[str, Any]) -> str:
    """Makes a query string from the members of a document. A list repeats its name; a dictionary is written as JSON."""
    texts = {name: _text(value) for name, value in members.items()}
    return f"?{urlencode(texts, doseq=True)}" if texts else ""


def _text(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, (bool, Mapping)) else value
