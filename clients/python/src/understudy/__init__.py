"""Client of Understudy, a mock OAuth2 server for tests of OAuth clients.

>>> import understudy
>>> with understudy.start() as server, server.new_world() as world:
...     pair = world.tokens.mint("mailup", client_id="understudy-client", user_id="ada@example.test")
...     world.clock.advance("61m")

Arguments are keywords in snake_case. Dictionaries, in arguments and in answers, are the documents of the admin API and
have its names: ``pair["accessToken"]``.
"""

from ._authorize import Arrival, AuthorizeError, AuthorizeResult, authorize
from ._errors import ExpectationError, UnderstudyError
from ._server import Server, connect, start
from ._world import World

__all__ = [
    "Arrival",
    "AuthorizeError",
    "AuthorizeResult",
    "ExpectationError",
    "Server",
    "UnderstudyError",
    "World",
    "authorize",
    "connect",
    "start",
]
