"""Names of providers in answers."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any, Dict, Mapping, cast

from ._documents import WorldInfo


class _Named(Dict[str, Any]):
    """Values by name. An unknown name is told with the one that was probably meant."""

    def __missing__(self, name: str) -> Any:
        near = get_close_matches(str(name), self, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(self)}"
        raise KeyError(f"there is no provider {name!r}; {hint}")


def named_providers(info: Mapping[str, Any]) -> WorldInfo:
    """The same world, whose ``providers`` tell a misspelt name."""
    return cast(WorldInfo, {**info, "providers": _Named(info["providers"])})
