"""Why a provider refused a request, from the journal."""

from __future__ import annotations

import json
import re
from typing import Any, List, Mapping, NamedTuple
from urllib.parse import urlsplit

from ._api import Api, query
from ._errors import UnderstudyError

SEARCHED = 50
"""Newest entries in which a refusal is looked for: other clients of the world make requests too."""
TIMEOUT = 5.0
"""Seconds for one call."""


class Refusal(NamedTuple):
    """Why a provider refused."""

    reason: str
    """Such as ``client.unknown``."""
    explanation: str
    expected: List[str]
    received: List[str]


def refusal_at(page: str, token: str | None) -> Refusal | None:
    """Finds the newest refusal at the path of a page. None: there is none, or the journal cannot be read."""
    url = urlsplit(page)
    world = re.match("/w/[^/]+", url.path)
    call = Api(f"{url.scheme}://{url.netloc}{world[0] if world else ''}/__admin", token, TIMEOUT).call
    try:
        newest = query({"order": "newest", "limit": SEARCHED, "brief": True})
        for entry in call("GET", f"/journal{newest}")["entries"]:
            if "reason" in entry and url.path.endswith(entry["request"]["path"]):
                found = call("GET", f"/journal/{entry['id']}")
                sides = found.get("comparison", {})
                explanation = found.get("explanation", "")
                return Refusal(
                    found["reason"], explanation, _side(sides.get("expected", {})), _side(sides.get("received", {}))
                )
    except (UnderstudyError, ValueError, LookupError, TypeError, AttributeError):
        # another server may answer at this address; the page itself is shown in any case
        pass
    return None


def _side(side: Mapping[str, Any]) -> List[str]:
    return [side["words"]] if "words" in side else [_text(value) for value in side.get("values", [])]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
