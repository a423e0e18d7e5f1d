"""Hosts of the real providers. Nothing is sent to them: a world answers in their place."""

from __future__ import annotations

from typing import Mapping
from urllib.parse import urlsplit

REAL_HOSTS: Mapping[str, str] = {
    "services.mailup.com": "mailup",
    "api.tinyemail.com": "tinyemail",
    "api.dottedsign.com": "dottedsign",
    "api.sandbox.dottedsign.com": "dottedsign",
}
"""Providers by the hosts for which the server answers."""


def at_server(url: str, server: str | None) -> str:
    """The same URL at the server, if its host is that of a real provider and a server is known."""
    parts = urlsplit(url)
    provider = REAL_HOSTS.get(parts.hostname or "")
    if provider is None or server is None:
        return url
    query = f"?{parts.query}" if parts.query else ""
    return f"{server.rstrip('/')}/{provider}{parts.path}{query}"
