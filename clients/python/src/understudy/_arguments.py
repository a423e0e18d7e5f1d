"""Checks of arguments, before anything is sent."""

from __future__ import annotations

import functools
import inspect
import os
from difflib import get_close_matches
from typing import Any, Callable, Dict, Iterable, List, Mapping, Tuple, Type, TypeVar

Call = TypeVar("Call", bound=Callable[..., Any])
Owner = TypeVar("Owner")


def _is_list_of(kind: Any) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, (list, tuple)) and all(isinstance(each, kind) for each in value)


def _is_number(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kinds) and not isinstance(value, bool)


KINDS: Mapping[str, Tuple[str, Callable[[Any], bool]]] = {
    "str": ("a text", lambda value: isinstance(value, str)),
    "int": ("a whole number", _is_number(int)),
    "float": ("a number", _is_number(int, float)),
    "bool": ("True or False", lambda value: isinstance(value, bool)),
    "Sequence[str]": ("a list of texts", _is_list_of(str)),
    "Sequence[Word]": ("a list of texts", _is_list_of((str, os.PathLike))),
    "Mapping[str, Any]": ("a dictionary", lambda value: isinstance(value, Mapping)),
    "Mapping[str, int]": ("a dictionary", lambda value: isinstance(value, Mapping)),
    "Mapping[str, str]": ("a dictionary", lambda value: isinstance(value, Mapping)),
    "Sequence[Mapping[str, Any]]": ("a list of dictionaries", _is_list_of(Mapping)),
}
"""What the annotation of an argument means: in words, and the check of a value. Arguments of other types have their
own checks."""


def checked(call: Call) -> Call:
    """Makes a call refuse arguments that are not of the types that it declares.

    :raises TypeError: from the call, in one line with its name, the argument, what is expected, and what came
    """
    parameters = inspect.signature(call).parameters
    is_method = next(iter(parameters), "") == "self"
    kinds = {name: parameter.annotation.split(" | ") for name, parameter in parameters.items() if name != "self"}

    @functools.wraps(call)
    def first_checked(*args: Any, **keywords: Any) -> Any:
        owner = f"{type(args[0]).__name__.lower()}." if is_method else ""
        for name, value in (*zip(parameters, args), *keywords.items()):
            _check(f"{owner}{call.__name__}", name, value, kinds.get(name, []))
        return call(*args, **keywords)

    return first_checked  # type: ignore[return-value]


def checked_calls(owner: Type[Owner]) -> Type[Owner]:
    """Makes all public methods of a class check their arguments."""
    for name, member in list(vars(owner).items()):
        if inspect.isfunction(member) and not name.startswith("_"):
            setattr(owner, name, checked(member))
    return owner


def _check(call: str, name: str, value: Any, kinds: List[str]) -> None:
    expected = [KINDS[kind] for kind in kinds if kind in KINDS]
    if not expected or (value is None and "None" in kinds) or any(is_good(value) for _, is_good in expected):
        return
    words = " or ".join(words for words, _ in expected)
    raise TypeError(f"{call}: {name} is {shown(value)}; expected {words}")


QUOTED = 200
"""Characters of a value that a message quotes."""


def shown(value: Any) -> str:
    """A value in the words of a message."""
    text = repr(value)
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def refuse_unknown(call: str, keywords: Iterable[str], known: Iterable[str]) -> None:
    """Refuses keywords that a call does not have.

    :raises TypeError: with the one that was probably meant, or else with all
    """
    names: Dict[str, None] = dict.fromkeys(known)
    for name in keywords:
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"did you mean {near[0]}=?" if near else f"known: {', '.join(f'{each}=' for each in names)}"
            raise TypeError(f"{call}: there is no keyword {name!r}; {hint}")
