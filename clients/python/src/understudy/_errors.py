"""What calls raise."""

from __future__ import annotations

import json
import re
from typing import Any, Dict, List, Mapping


class UnderstudyError(Exception):
    """A call that the admin API refused, or that got no answer."""

    status: int | None
    """Status of the answer. None: there was no answer."""
    errors: List[Dict[str, str]]
    """All mistakes of the call, each with ``path`` and ``message``."""
    problem: Mapping[str, Any]
    """The whole problem document (RFC 9457)."""

    def __init__(self, message: str, status: int | None = None, problem: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.problem = problem or {}
        self.errors = self.problem.get("errors", [])


def refusal(call: str, status: int, problem: Mapping[str, Any]) -> UnderstudyError:
    """Makes the error of a refused call. Its message has each mistake once: a single one is often the detail too."""
    detail = detail_of(problem)
    mistakes = [f"{each.get('path', '')} {each.get('message', '')}".strip() for each in problem.get("errors", [])]
    lines = [line for line in mistakes if line not in detail] + [_miss(each) for each in problem.get("nearMisses", [])]
    return UnderstudyError("\n  ".join([f"{call} answered {status}: {detail}", *lines]), status, problem)


def detail_of(problem: Mapping[str, Any]) -> str:
    """What a problem document says. It names the call that makes a missing world; a program has a method for it."""
    return re.sub(
        r"Create it with PUT /__admin/worlds/([\w-]+)",
        r'It was dropped or never made: new_world(id="\1")',
        str(problem.get("detail", "no detail")),
    )


class ExpectationError(AssertionError):
    """An expectation failed. The message shows entries that matched, and the nearest others with their differences."""

    expectation: Mapping[str, Any]
    """What was expected."""
    verdict: Mapping[str, Any]
    """The answer of ``verify``."""

    def __init__(self, expectation: Mapping[str, Any], verdict: Mapping[str, Any]) -> None:
        dropped = verdict["dropped"]
        removed = f" (the journal has dropped {dropped} entries because of its limit)" if dropped else ""
        found = f"{_expected(expectation, verdict['expected'])}, found {verdict['actual']}{removed}"
        lines = [*verdict["hints"], *map(_line, verdict["matched"]), *map(_miss, verdict["nearMisses"])]
        super().__init__("\n  ".join([found, *lines]))
        self.expectation = expectation
        self.verdict = verdict


def _expected(expectation: Mapping[str, Any], count: Mapping[str, Any]) -> str:
    order = expectation.get("order")
    if order is not None:
        return f"expected {len(order)} entries in this order: {', '.join(map(json.dumps, order))}"
    least, most = count["atLeast"], count["atMost"]
    if least == most:
        number = str(least)
    elif most is None:
        number = f"at least {least}"
    else:
        number = f"{least} to {most}" if least else f"at most {most}"
    return f"expected {number} of {json.dumps(expectation.get('match', {}))}"


def _miss(miss: Mapping[str, Any]) -> str:
    """``#3 POST /Authorization/OAuth/Token 400: status is 400, expected 200``"""
    differences = [
        f"{each['field']} is {json.dumps(each['actual'])}, expected {json.dumps(each['expected'])}"
        for each in miss["differences"]
    ]
    return _line(miss["entry"], "; ".join(differences))


def _line(entry: Mapping[str, Any], what: str = "matches") -> str:
    """``#3 POST /Authorization/OAuth/Token 200: matches``"""
    says = [what]
    if "explanation" in entry:
        says.append(entry["explanation"])
    request = entry["request"]
    status = entry.get("status", "no answer")
    return f"#{entry['id']} {request['method']} {request['path']} {status}: {'; '.join(says)}"
