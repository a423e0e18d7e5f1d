"""Wrong arguments: one line, and nothing is sent."""

from __future__ import annotations

import inspect
import tempfile
import unittest
from pathlib import Path
from typing import Any, Callable, Iterator
from unittest.mock import patch

import understudy

GROUPS = ("clock", "providers", "clients", "users", "tokens", "codes", "authorizations", "journal", "faults", "exam")


class WrongArguments(unittest.TestCase):
    def setUp(self) -> None:
        # nobody answers there: a call that were sent would be an UnderstudyError
        self.server = understudy.connect("http://127.0.0.1:1")
        self.world = self.server.world("w")
        self.any: Any = self.world

    def calls(self) -> Iterator[Callable[..., Any]]:
        owners = [self.server, self.world, self.world.snapshot, *(getattr(self.world, name) for name in GROUPS)]
        for owner in owners:
            for name in dir(owner):
                if not name.startswith("_") and inspect.ismethod(getattr(owner, name)):
                    yield getattr(owner, name)
        yield from (understudy.connect, understudy.start, understudy.authorize)

    def test_each_argument_of_each_call_is_checked(self) -> None:
        count = 0
        for call in self.calls():
            for name, parameter in inspect.signature(call).parameters.items():
                if parameter.annotation in ("Any", "Decision"):
                    continue
                count += 1
                may_be_none = "None" in parameter.annotation.split(" | ")
                for wrong in (object(), {1}, *(() if may_be_none else (None,))):
                    with self.subTest(call.__qualname__, argument=name), self.assertRaises(TypeError) as raised:
                        call(**{name: wrong})
                    self.assertRegex(str(raised.exception), rf"^[\w.]+: {name} is .+; expected (a|an|True) [^\n]+$")
        self.assertGreater(count, 80)

    def test_a_message_names_call_argument_value_and_what_is_expected(self) -> None:
        any = self.any
        cases: list[tuple[Callable[[], Any], str]] = [
            (lambda: any.play(None), "world.play: scenario is None; expected a text or a dictionary"),
            (lambda: any.play(["a"]), "world.play: scenario is ['a']; expected a text or a dictionary"),
            (lambda: any.tokens.mint(5, client_id="a"), "tokens.mint: provider is 5; expected a text"),
            (lambda: any.users.get("mailup", None), "users.get: id is None; expected a text"),
            (lambda: any.journal.get(True), "journal.get: id is True; expected a whole number"),
            (lambda: any.faults.add_all([1]), "faults.add_all: rules is [1]; expected a list of dictionaries"),
            (lambda: any.expect("token"), "world.expect: match is 'token'; expected a dictionary"),
            (lambda: any.authorize("http://a", scopes="x"), "world.authorize: scopes is 'x'; expected a list of texts"),
            (lambda: any.authorize("http://a", scopes=[5]), "world.authorize: scopes is [5]; expected a list of texts"),
            (lambda: understudy.start(options="--port 1"), "start: options is '--port 1'; expected a list of texts"),
            (lambda: any.play(["a" * 300]), f"world.play: scenario is ['{'a' * 198}…; expected a text or a dictionary"),
        ]
        for call, words in cases:
            with self.assertRaises(TypeError) as raised:
                call()
            self.assertEqual(str(raised.exception), words)

    def test_an_argument_too_few_or_too_many_is_said_as_python_says_it(self) -> None:
        with self.assertRaisesRegex(TypeError, r"^Tokens\.mint\(\) missing 1 required keyword-only argument"):
            self.any.tokens.mint("mailup")
        with self.assertRaisesRegex(TypeError, r"drop\(\) takes 1 positional argument but 2 were given$"):
            self.any.drop("w")

    def test_paths_are_words_of_a_command(self) -> None:
        with tempfile.TemporaryDirectory() as folder, self.assertRaises(understudy.UnderstudyError) as raised:
            understudy.start([Path(folder, "nothing")], options=["--fixtures", Path(folder)])
        self.assertRegex(str(raised.exception), "nothing cannot be started: ")
        with patch("understudy._server.Command") as command:
            understudy.start(["a"], options=["--fixtures", Path("b")])
        self.assertEqual(command.call_args[0][0][-2:], ["--fixtures", "b"])


if __name__ == "__main__":
    unittest.main()
