"""authorize(): the person on the pages, and the way through an application."""

from __future__ import annotations

import unittest
from http.server import BaseHTTPRequestHandler
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import understudy
from understudy._hosts import REAL_HOSTS

from .support import ADA, CLIENT, WorldCase, reply, serve

PROVIDERS = ("mailup", "tinyemail", "dottedsign")


class FromTheAuthorizationUrl(WorldCase):
    def test_the_person_allows_at_each_provider(self) -> None:
        for provider in PROVIDERS:
            result = self.world.authorize(self.authorize_url(provider, state="s"))
            [code] = self.world.codes.list(provider)
            self.assertEqual(result.code, code["code"], provider)
            self.assertTrue(result.redirect_to.startswith("http://localhost:3000/callback?"))
            self.assertEqual((result.error, result.arrival), (None, None))
        self.assertEqual(result.state, "s")

    def test_the_person_denies_at_each_provider(self) -> None:
        for provider in PROVIDERS:
            result = self.world.authorize(self.authorize_url(provider), decision="deny")
            self.assertEqual((result.code, result.error), (None, "access_denied"), provider)

    def test_another_person_logs_in(self) -> None:
        self.world.users.add("mailup", id="m", username="mary", password="p&=", name="Mary")
        self.world.authorize(self.authorize_url(), username="mary", password="p&=")
        self.assertEqual(self.world.codes.list("mailup")[0]["userId"], "m")

    def test_single_scopes_are_allowed(self) -> None:
        url = self.authorize_url("tinyemail", scope="import_customers")
        self.world.authorize(url, scopes=["import_customers"])
        self.assertEqual(self.world.codes.list("tinyemail")[0]["scopes"], ["import_customers"])
        self.assertEqual(self.world.authorize(url, scopes=[]).error, "access_denied")
        for scope, hint in (("import_customer", "; did you mean 'import_customers'?"), ("other", "")):
            with self.assertRaises(ValueError) as raised:
                self.world.authorize(url, scopes=["import_customers", scope])
            words = f"the consent page asks for the scopes import_customers, and not for {scope!r}{hint}"
            self.assertEqual(str(raised.exception), words)

    def test_a_page_that_does_not_let_the_person_choose_scopes_says_so(self) -> None:
        for provider in ("mailup", "dottedsign"):
            url = self.authorize_url(provider)
            for scopes in (["nope"], []):
                with self.assertRaisesRegex(ValueError, "^the consent page does not let the person choose scopes; exp"):
                    self.world.authorize(url, scopes=scopes)
            self.assertEqual(self.world.codes.list(provider), [])
            self.assertEqual(self.world.authorize(url, decision="deny", scopes=["nope"]).error, "access_denied")

    def test_fields_that_the_provider_posts_are_the_answer(self) -> None:
        self.world.providers.policy("dottedsign", response_modes=["query", "form_post"])
        url = self.authorize_url("dottedsign", response_mode="form_post", state="s t")
        result = self.world.authorize(url)
        self.assertEqual((result.state, result.error), ("s t", None))
        self.assertEqual(result.code, self.world.codes.list("dottedsign")[0]["code"])

    def test_a_wrong_password_is_said_as_the_journal_says_it(self) -> None:
        for provider in PROVIDERS:
            with self.assertRaises(understudy.AuthorizeError) as raised:
                self.world.authorize(self.authorize_url(provider), password="wrong")
            self.assertEqual(raised.exception.reason, "password.wrong")
            self.assertEqual(raised.exception.explanation, f'the password of "{ADA}" is wrong')
            self.assertRegex(str(raised.exception), f'^[^:\n]+: password.wrong: the password of "{ADA}" is wrong$')

    def test_a_refusal_behind_the_login_page_is_an_error_at_each_provider(self) -> None:
        for provider in PROVIDERS:
            good = self.authorize_url(provider)
            cases = {
                "authorize.client-unknown": self.authorize_url(provider, client_id="nobody"),
                "authorize.redirect-uri-unregistered": good.replace("3000", "4000"),
                "authorize.redirect-uri-missing": good.split("&redirect_uri=")[0],
            }
            for reason, url in cases.items():
                with self.subTest(provider, reason=reason), self.assertRaises(understudy.AuthorizeError) as raised:
                    self.world.authorize(url)
                self.assertEqual(raised.exception.reason, reason)
                self.assertIn(f": {reason}: ", str(raised.exception))

    def test_without_its_journal_a_refusal_is_said_as_the_page_says_it(self) -> None:
        with patch("understudy._refusal.SEARCHED", 0), self.assertRaises(understudy.AuthorizeError) as raised:
            self.world.authorize(self.authorize_url(client_id="nobody"))
        self.assertIsNone(raised.exception.reason)
        self.assertIsNone(raised.exception.explanation)
        self.assertRegex(str(raised.exception), r"^the page answered 400: The client is unknown\.\n")

    def test_a_token_is_sent_to_the_journal_of_its_own_server_only(self) -> None:
        tokens: list[str | None] = []

        def answer(request: BaseHTTPRequestHandler) -> None:
            if "/__admin/" in request.path:
                tokens.append(request.headers["Authorization"])
            reply(request, 400, {})

        url = serve(self, answer)
        own = {"UNDERSTUDY_URL": url, "UNDERSTUDY_ADMIN_TOKEN": "of the run"}
        other = {**own, "UNDERSTUDY_URL": "http://127.0.0.1:1"}
        for server, variables in ((url, {}), ("http://127.0.0.1:1", {}), (None, own), (None, other)):
            token = None if server is None else "given"
            with patch.dict("os.environ", variables), self.assertRaises(understudy.AuthorizeError):
                understudy.authorize(f"{url}/?client_id=a&response_type=code", server=server, token=token)
        self.assertEqual(tokens, ["Bearer given", None, "Bearer of the run", None])

    def test_another_decision_is_refused_with_the_two_that_there_are(self) -> None:
        decision: Any = "denied"
        with self.assertRaisesRegex(ValueError, "^decision is 'denied'; expected 'allow' or 'deny'$"):
            self.world.authorize(self.authorize_url(), decision=decision)
        self.assertEqual(self.world.journal.list(), [])

    def test_a_refusal_has_what_was_expected_and_what_came(self) -> None:
        with self.assertRaises(understudy.AuthorizeError) as raised:
            self.world.authorize(self.authorize_url(redirect_uri="http://localhost:3000/other"))
        error = raised.exception
        self.assertEqual(error.status, 400)
        self.assertEqual(error.reason, "authorize.redirect-uri-unregistered")
        self.assertIn("http://localhost:3000/callback", error.expected)
        self.assertEqual(error.received, ["http://localhost:3000/other"])
        self.assertIn("received: http://localhost:3000/other", str(error))
        self.assertIn("<h1>", error.page)

    def test_the_server_may_be_known_by_another_name(self) -> None:
        url = self.authorize_url().replace("127.0.0.1", "localhost")
        self.assertIsNotNone(self.world.authorize(url).code)
        self.assertIsNotNone(understudy.authorize(url).code)

    def test_the_pages_of_a_real_provider_are_those_of_the_world(self) -> None:
        for provider in PROVIDERS:
            described = self.world.providers.describe(provider)
            self.assertEqual(described["hosts"], [host for host, name in REAL_HOSTS.items() if name == provider])
            url = urlsplit(self.authorize_url(provider))
            real = f"https://{described['hosts'][0]}{url.path.split(provider, 1)[1]}?{url.query}"
            self.assertEqual(self.world.authorize(real).code, self.world.codes.list(provider)[0]["code"])
            with patch("understudy._authorize.send") as send:
                with self.assertRaisesRegex(understudy.AuthorizeError, "nothing was sent to it"):
                    understudy.authorize(real)
                send.assert_not_called()
            self.assertIsNotNone(understudy.authorize(real, server=self.world.base_url).code)

    def test_nothing_is_sent_to_a_host_that_only_looks_like_this_machine(self) -> None:
        with self.assertRaises(understudy.AuthorizeError) as raised:
            self.world.authorize("http://127.0.0.1.example.com/?client_id=a&response_type=code", timeout=5)
        self.assertIsNone(raised.exception.reason)

    def test_a_url_of_a_provider_that_asks_for_nothing_is_an_error(self) -> None:
        for url in ("https://services.mailup.com/", "https://services.mailup.com", f"{self.world.base_url}/mailup"):
            with self.assertRaises(understudy.AuthorizeError) as raised:
                self.world.authorize(url)
            self.assertRegex(str(raised.exception), "has no client_id, so it is no authorization request; it led to ")
            with patch("understudy._authorize.send") as send, self.assertRaises(understudy.AuthorizeError):
                understudy.authorize("https://services.mailup.com/")
            send.assert_not_called()

    def test_no_url_is_refused_with_what_was_given(self) -> None:
        for wrong in ("ftp://localhost/?client_id=a&response_type=code", "nonsense", "localhost:3000"):
            for authorize in (self.world.authorize, understudy.authorize):
                with self.assertRaises(ValueError) as raised:
                    authorize(wrong)
                self.assertEqual(
                    str(raised.exception), f"url is {wrong!r}; expected a URL such as http://localhost:3000/connect"
                )

    def test_the_request_of_another_world_is_refused_and_not_sent(self) -> None:
        with self.server.new_world() as other:
            for world in (other, self.server.world()):
                url = self.authorize_url().replace(self.world.base_url, world.base_url)
                with self.assertRaises(understudy.AuthorizeError) as raised:
                    self.world.authorize(url)
                self.assertEqual(
                    str(raised.exception),
                    f"{url.split('?')[0]} is of the world '{world.id}', and authorize was called on the world "
                    f"'{self.world.id}'; give the application the URLs of this one",
                )
                self.assertEqual(world.journal.list(client_id=CLIENT), [])
            url = self.authorize_url().replace(self.world.base_url, other.base_url)
            self.assertIsNotNone(understudy.authorize(url, server=self.world.base_url).code)
            with self.assertRaisesRegex(understudy.AuthorizeError, "is of the world"):
                self.server.world().authorize(url)

    def test_a_world_that_was_dropped_is_told_as_other_calls_tell_it(self) -> None:
        with self.server.new_world(id="py-gone") as gone:
            url = self.authorize_url().replace(self.world.base_url, gone.base_url)
        with self.assertRaises(understudy.UnderstudyError) as raised:
            gone.expect({})
        words = str(raised.exception).split(": ", 1)[1]
        self.assertIn('There is no world "py-gone". It was dropped or never made: new_world(id="py-gone")', words)
        with self.assertRaises(understudy.AuthorizeError) as refused:
            gone.authorize(url)
        self.assertEqual(str(refused.exception), f"the page answered 404: {words}")

    def test_a_request_whose_url_does_not_tell_its_world_is_visited(self) -> None:
        def answer(request: BaseHTTPRequestHandler) -> None:
            reply(request, 302, {"Location": "http://localhost:3000/callback?code=a"})

        url = serve(self, answer)
        self.assertEqual(self.world.authorize(f"{url}/login?client_id=a&response_type=code").code, "a")


class ThroughAnApplication(WorldCase):
    """The application keeps the state in a cookie, and checks it in its callback."""

    def setUp(self) -> None:
        super().setUp()
        self.seen: list[str] = []
        self.app = serve(self, self.answer)
        self.redirect_uri = f"{self.app}/callback"
        self.after = "/done"
        self.provider = self.world.info()["providers"]["mailup"]["authorizeUrl"]
        self.world.clients.update("mailup", CLIENT, redirect_uris=[self.redirect_uri])

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        url = urlsplit(request.path)
        self.seen.append(f"{request.command} {url.path}")
        cookie = request.headers.get("Cookie", "")
        if url.path == "/connect":
            to = f"{self.provider}?client_id={CLIENT}&response_type=code&redirect_uri={self.redirect_uri}"
            reply(request, 302, {"Location": to, "Set-Cookie": "flow=1; Path=/; HttpOnly; Secure"})
        elif url.path == "/callback":
            query = parse_qs(url.query)
            good = "flow=1" in cookie and ("code" in query or "error" in query)
            reply(request, 303 if good else 400, {"Location": self.after} if good else {})
        else:
            reply(request, 200, {"Content-Type": "text/plain"}, f"connected, {cookie}".encode())

    def test_the_callback_gets_the_cookies_of_the_application(self) -> None:
        result = self.world.authorize(f"{self.app}/connect")
        self.assertEqual(self.seen, ["GET /connect", "GET /callback", "GET /done"])
        self.assertEqual(result.code, self.world.codes.list("mailup")[0]["code"])
        assert result.arrival is not None
        self.assertEqual((result.arrival.url, result.arrival.status), (f"{self.app}/done", 200))
        self.assertIn("connected, ", result.arrival.text)
        self.assertIn("flow=1", result.arrival.text)

    def test_the_application_learns_that_the_person_denied(self) -> None:
        result = self.world.authorize(f"{self.app}/connect", decision="deny")
        self.assertEqual(result.error, "access_denied")
        self.assertEqual(self.seen[-1], "GET /done")

    def test_a_provider_that_refuses_the_application_says_why(self) -> None:
        for provider in PROVIDERS:
            self.provider = self.world.info()["providers"][provider]["authorizeUrl"]
            self.world.clients.update(provider, CLIENT, redirect_uris=["http://localhost:3000/callback"])
            self.seen.clear()
            words = r"authorize\.redirect-uri-unregistered: .* registered: "
            with self.subTest(provider), self.assertRaisesRegex(understudy.AuthorizeError, words):
                self.world.authorize(f"{self.app}/connect")
            self.assertEqual(self.seen, ["GET /connect"])

    def test_an_application_that_uses_the_real_provider_gets_the_pages_of_the_world(self) -> None:
        self.provider = "https://services.mailup.com/Authorization/OAuth/LogOn"
        arrival = self.world.authorize(f"{self.app}/connect").arrival
        assert arrival is not None
        self.assertEqual((arrival.url, arrival.status), (f"{self.app}/done", 200))
        words = r"services\.mailup\.com\S+ is neither .* nothing was sent"
        with self.assertRaisesRegex(understudy.AuthorizeError, words):
            understudy.authorize(f"{self.app}/connect")

    def test_an_application_that_does_not_redirect_is_an_error_with_its_page(self) -> None:
        with self.assertRaisesRegex(understudy.AuthorizeError, "answered 200 and does not redirect .*: connected"):
            self.world.authorize(f"{self.app}/home")

    def test_a_redirect_after_the_callback_to_a_foreign_host_is_not_followed(self) -> None:
        self.after = "https://www.example.com/welcome"
        arrival = self.world.authorize(f"{self.app}/connect").arrival
        assert arrival is not None
        self.assertEqual((urlsplit(arrival.url).path, arrival.status), ("/callback", 303))

    def test_a_callback_on_a_foreign_host_is_not_requested(self) -> None:
        self.redirect_uri = "https://www.example.com/callback"
        self.world.clients.update("mailup", CLIENT, redirect_uris=[self.redirect_uri])
        result = self.world.authorize(f"{self.app}/connect")
        self.assertTrue(result.redirect_to.startswith("https://www.example.com/callback?code="))
        self.assertIsNone(result.arrival)

    def test_an_endless_redirect_ends(self) -> None:
        self.provider = f"{self.app}/connect"
        with self.assertRaisesRegex(understudy.AuthorizeError, "no redirect|no end after 20 requests"):
            understudy.authorize(f"{self.app}/connect", server="http://127.0.0.1:1")

    def test_a_redirect_to_no_url_is_an_error(self) -> None:
        for wrong in ("http://[", "http://localhost:none/"):
            self.provider = wrong
            with self.assertRaisesRegex(understudy.AuthorizeError, "which is no URL"):
                self.world.authorize(f"{self.app}/connect")

    def test_a_login_that_is_shown_again_is_a_failed_login(self) -> None:
        form = b"<form action='?authorization=1'><input type=password name=p></form><p role=alert>Not you.</p>"
        url = serve(self, lambda request: reply(request, 200, {}, form))
        with self.assertRaisesRegex(understudy.AuthorizeError, f"the login of {ADA} failed: Not you."):
            understudy.authorize(f"{url}/?client_id=a&response_type=code")


if __name__ == "__main__":
    unittest.main()
