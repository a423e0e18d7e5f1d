"""What the journal says about a test that failed."""

from __future__ import annotations

from ._errors import UnderstudyError
from ._world import World


def findings_text(world: World) -> str:
    """The findings about the clients of a world, as text. It does not raise: the failure of the test is what matters."""
    try:
        return str(world._call("GET", "/findings?format=text"))
    except UnderstudyError as error:
        return f"There are no findings: {error}"
