"""Reads the pages of a provider, and fills in their forms."""

from __future__ import annotations

from difflib import get_close_matches
from html.parser import HTMLParser
from typing import Dict, List, Sequence, Tuple

Attributes = Dict[str, str]


class Form:
    """A form of a page, with its fields and buttons in order."""

    def __init__(self, attributes: Attributes) -> None:
        self.action = attributes.get("action", "")
        self.fields: List[Attributes] = []

    @property
    def is_login(self) -> bool:
        """Whether it asks for a password."""
        return any(field.get("type") == "password" for field in self.fields)

    def filled(self, username: str, password: str, scopes: Sequence[str] | None) -> List[Tuple[str, str]]:
        """The parameters that a browser sends after a person has filled the form in."""
        values: Dict[str, str] = {}
        for field in self.fields:
            value = _value(field, username, password, scopes)
            if "name" in field and value is not None:
                values[field["name"]] = value
        return list(values.items())

    def refuse_others(self, scopes: Sequence[str]) -> None:
        """Refuses scopes that a consent page does not ask for.

        :raises ValueError: with what it asks for
        """
        names = [field.get("name", "") for field in self.fields if field.get("type") == "radio"]
        # the buttons of a scope are named after it: `agreement.contacts`
        asked = list(dict.fromkeys(name.partition(".")[2] for name in names))
        if not asked:
            raise ValueError(
                "the consent page does not let the person choose scopes; expected no argument scopes: the parameter "
                "scope of the authorization request names them"
            )
        others = [scope for scope in scopes if scope not in asked]
        if others:
            near = get_close_matches(others[0], asked, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"the consent page asks for the scopes {', '.join(asked)}, and not for {others[0]!r}{hint}")


def _value(field: Attributes, username: str, password: str, scopes: Sequence[str] | None) -> str | None:
    if field.get("type") == "password":
        return password
    if field.get("id") == "username":
        return username
    if field.get("type") != "radio":
        return field.get("value", "")
    if scopes is None:
        return field.get("value") if "checked" in field else None
    return str(any(field.get("name", "").endswith(f".{scope}") for scope in scopes)).lower()


class Page(HTMLParser):
    """The forms of a page, what it says in an alert, and the two values that a refusal compares."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: List[Form] = []
        self.expected: List[str] = []
        self.received: List[str] = []
        self._open: Form | None = None
        self._side: List[str] | None = None
        self._alert_end: str | None = None
        self._alert: List[str] = []
        self._unseen: str | None = None
        self._words: List[str] = []
        self.feed(text)
        self.close()

    @property
    def says(self) -> str:
        """The text of its alert, or else the beginning of all its text."""
        return (_joined(self._alert) or _joined(self._words))[:500]

    def handle_starttag(self, tag: str, attrs: List[Tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        classes = attributes.get("class", "").split()
        if tag == "form":
            self._open = Form(attributes)
            self.forms.append(self._open)
        elif tag in ("input", "button") and self._open is not None:
            self._open.fields.append(attributes)
        elif tag in ("style", "script", "title"):
            self._unseen = tag
        elif tag == "data" and self._side is not None:
            self._side.append(attributes.get("value", ""))
        if "side" in classes:
            self._side = self.expected if "expected" in classes else self.received
        if attributes.get("role") == "alert" and not self._alert:
            self._alert_end = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "section":
            self._side = None
        if tag == self._unseen:
            self._unseen = None
        if tag == self._alert_end:
            self._alert_end = None

    def handle_data(self, data: str) -> None:
        if self._unseen is None:
            self._words.append(data)
            if self._alert_end is not None:
                self._alert.append(data)


def _joined(texts: List[str]) -> str:
    return " ".join(" ".join(texts).split())
