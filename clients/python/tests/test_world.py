"""The verbs of a world and of the server, against a running server."""

from __future__ import annotations

import time
import unittest
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import understudy

from .support import ADA, CLIENT, WorldCase

LISTS = "/Console/User/Lists"
ASKED = {"client_id": CLIENT, "response_type": "code", "redirect_uri": "http://localhost:3000/callback"}


class Verbs(WorldCase):
    def call_api(self, token: str) -> int:
        """What a client gets from the API of the provider."""
        url = self.world.info()["providers"]["mailup"]["apiUrl"] + "/ConsoleService.svc" + LISTS
        try:
            with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"}), timeout=10) as answer:
                return int(answer.status)
        except HTTPError as error:
            error.close()
            return error.code

    def refresh(self, refresh_token: str | None) -> int:
        url = self.world.info()["providers"]["mailup"]["tokenUrl"]
        form = {
            "grant_type": "refresh_token",
            "refresh_token": refresh_token,
            "client_id": CLIENT,
            "client_secret": "understudy-secret",
        }
        try:
            with urlopen(url, urlencode(form).encode(), timeout=10) as answer:
                return int(answer.status)
        except HTTPError as error:
            error.close()
            return error.code

    def mint(self) -> understudy._documents.MintedTokens:
        return self.world.tokens.mint("mailup", client_id=CLIENT, user_id=ADA)

    def test_the_clock_expires_a_token(self) -> None:
        pair = self.mint()
        self.assertEqual(self.call_api(pair["accessToken"]), 200)
        self.assertEqual(self.world.clock.expiries(limit=1)["total"], 1)
        advanced = self.world.clock.advance("61m")
        self.assertEqual(advanced["now"], "2026-01-01T01:01:00.000Z")
        self.assertEqual(self.call_api(pair["accessToken"]), 401)

    def test_the_clock_is_set_frozen_and_advanced_to_a_point_in_time(self) -> None:
        self.world.clock.set(frozen=False, skew_seconds=5)
        self.assertEqual(self.world.clock.get()["skewSeconds"], 5)
        self.assertTrue(self.world.clock.freeze("2026-02-01T00:00:00Z")["frozen"])
        self.assertEqual(self.world.clock.advance(to="2026-03-01T00:00:00Z")["now"], "2026-03-01T00:00:00.000Z")
        self.mint()
        self.assertEqual(self.world.clock.advance("next-expiry")["now"], "2026-03-01T00:59:55.000Z", "less the skew")

    def test_a_misspelt_word_is_told_with_the_one_that_was_meant(self) -> None:
        for call, words in (
            (lambda: self.world.clock.advance("next-expry"), 'did you mean "next-expiry"?'),
            (lambda: self.world.journal.list(match={"endpoint": "token"}), "match is not a member here; its members are"),
            (
                lambda: self.world.tokens.mint("mailpu", client_id="nobody"),
                'There is no provider "mailpu"; did you mean "mailup"? Known: mailup, tinyemail, dottedsign, standard.',
            ),
        ):
            with self.assertRaises(understudy.UnderstudyError) as raised:
                call()
            self.assertIn(words, str(raised.exception))

    def test_a_policy_is_changed_by_names_in_snake_case(self) -> None:
        self.world.providers.policy("mailup", access_token="15m")
        self.assertEqual(self.mint()["expiresIn"], 900)
        self.assertEqual(self.world.providers.describe("mailup")["name"], "mailup")
        self.assertIn("mailup", [each["name"] for each in self.world.providers.list()])

    def test_clients_and_users_are_added_read_changed_and_removed(self) -> None:
        redirects = ["http://localhost:4000/back"]
        self.world.clients.add("mailup", id="a/b", secret="s", name="Mine", redirect_uris=redirects, confidential=True)
        self.assertEqual(self.world.clients.get("mailup", "a/b")["redirectUris"], redirects)
        self.assertEqual(self.world.clients.update("mailup", "a/b", name="Ours")["name"], "Ours")
        self.assertIn("a/b", [each["id"] for each in self.world.clients.list("mailup")])
        self.assertTrue(self.world.clients.snippets("mailup", "a/b"))
        self.world.clients.remove("mailup", "a/b")
        self.assertNotIn("a/b", [each["id"] for each in self.world.clients.list("mailup")])
        mary = self.world.users.add("mailup", id="m", username="mary", password="p", name="Mary")
        self.assertEqual(self.world.users.get("mailup", "m"), mary)
        self.assertTrue(self.world.users.update("mailup", "m", suspended=True)["suspended"])
        self.world.users.remove("mailup", "m")
        self.assertEqual(len(self.world.users.list("mailup")), 2)

    def test_tokens_are_listed_read_expired_and_revoked(self) -> None:
        pair = self.mint()
        self.assertEqual(len(self.world.tokens.list("mailup", kind="access", client_id=CLIENT)), 1)
        self.assertEqual(self.world.tokens.get("mailup", pair["accessToken"])["status"], "live")
        self.assertEqual(self.world.tokens.expire("mailup", kind="access"), 1)
        self.assertEqual(self.world.tokens.get("mailup", pair["accessToken"])["status"], "expired")
        self.assertEqual(self.world.tokens.revoke("mailup", user_id="grace@example.test"), 0)
        self.assertEqual(self.world.tokens.revoke("mailup", kind="refresh"), 1)
        self.assertEqual(self.refresh(pair["refreshToken"]), 400)

    def test_codes_are_minted_listed_and_expired(self) -> None:
        code = self.world.codes.mint("mailup", client_id=CLIENT, user_id=ADA, expires_in="90s")
        self.assertEqual(code["expiresAt"], "2026-01-01T00:01:30.000Z")
        self.assertEqual(self.world.codes.list("mailup", status="live"), [code])
        self.assertEqual(self.world.codes.expire("mailup", code=code["code"]), 1)

    def test_a_page_that_waits_is_approved_or_denied(self) -> None:
        for _ in range(2):
            with urlopen(self.authorize_url(), timeout=10) as page:
                page.read()
        first, second = self.world.authorizations.list("mailup", status="waiting")
        self.assertIn("code=", self.world.authorizations.approve("mailup", first["id"], user=ADA)["redirectTo"])
        self.assertIn("access_denied", self.world.authorizations.deny("mailup", second["id"])["redirectTo"])

    def test_a_fault_is_added_seen_in_the_journal_and_removed(self) -> None:
        match = {"endpoint": "token", "grantType": "refresh_token"}
        fault = self.world.faults.add(match, {"kind": "rate-limit", "retryAfter": 2}, times=1, for_="1h")
        pair = self.mint()
        self.assertEqual(self.refresh(pair["refreshToken"]), 429)
        self.assertEqual(self.refresh(pair["refreshToken"]), 200)
        self.assertEqual(self.world.faults.get(fault["id"])["hits"], 1)
        self.assertEqual(self.world.journal.wait(fault="rate-limit")["status"], 429)
        self.world.expect(match, count=2)
        self.world.expect(order=[{**match, "status": 429}, {**match, "status": 200}])
        self.world.faults.remove(fault["id"])
        rules = [{"match": {}, "fault": {"kind": kind}} for kind in ("hang", "hold")]
        self.assertEqual([each["fault"]["kind"] for each in self.world.faults.add_all(rules)], ["hang", "hold"])
        self.assertEqual(self.world.faults.release(self.world.faults.list()[1]["id"]), 0)
        self.world.faults.clear()
        self.assertEqual(self.world.faults.list(), [])

    def test_the_journal_says_why_and_is_filtered_and_cleared(self) -> None:
        self.refresh("unknown")
        [entry] = self.world.journal.list(grant_type="refresh_token", status=400)
        self.assertEqual(entry["reason"], "refresh.unknown")
        self.assertEqual(self.world.journal.get(entry["id"])["reason"], "refresh.unknown")
        self.assertNotIn("headers", self.world.journal.list_briefly(limit=1)[0]["request"])
        self.assertEqual(self.world.journal.list(form={"grant_type": "refresh_token"}), [entry])
        self.assertEqual(self.world.journal.list(form={"grant_type": "password"}), [])
        self.assertEqual(self.world.journal.list(limit=1, offset=1), [])
        self.world.journal.clear()
        self.assertEqual(self.world.journal.list(), [])

    def test_a_wait_that_is_in_vain_is_an_error_with_the_nearest_entries(self) -> None:
        self.refresh("unknown")
        with self.assertRaises(understudy.UnderstudyError) as raised:
            self.world.journal.wait(endpoint="token", status=200, timeout="10ms")
        self.assertEqual(raised.exception.status, 408)
        self.assertIn("status is 400, expected 200", str(raised.exception))

    def test_a_failed_expectation_is_an_assertion_that_shows_the_nearest_entries(self) -> None:
        self.refresh("unknown")
        with self.assertRaises(AssertionError) as raised:
            self.world.expect({"endpoint": "token", "status": 200}, count={"atLeast": 1, "atMost": 2})
        error = raised.exception
        assert isinstance(error, understudy.ExpectationError)
        self.assertEqual(error.verdict["actual"], 0)
        first, second, *_ = str(error).split("\n")
        self.assertEqual(first, 'expected 1 to 2 of {"endpoint": "token", "status": 200}, found 0')
        self.assertRegex(second, r"^  #1 POST /\S+/Token 400: status is 400, expected 200; ")
        for count, words in ((3, "expected 3 of"), ({"atLeast": 4}, "at least 4"), ({"atMost": 0}, "expected 0 of")):
            with self.assertRaisesRegex(AssertionError, words + r"[^\n]*, found 1\n  #1 POST /\S+/Token 400: matches; "):
                self.world.expect({"endpoint": "token"}, count=count)
        with self.assertRaisesRegex(AssertionError, "expected 2 entries in this order: "):
            self.world.expect(order=[{"status": 400}, {"status": 200}])

    def test_a_grant_type_that_no_provider_knows_is_told(self) -> None:
        told = r"there is no grant type \"refresh-token\"; did you mean \"refresh_token\"\?"
        match = {"grantType": "refresh-token"}
        with self.assertRaisesRegex(understudy.UnderstudyError, told):
            self.world.expect(match, count=0)
        with self.assertRaisesRegex(understudy.UnderstudyError, told):
            self.world.journal.list(grant_type="refresh-token")
        with self.assertRaisesRegex(understudy.ExpectationError, rf"found 0\n  {told}"):
            self.world.expect(match)

    def test_unknown_words_are_refused(self) -> None:
        wrong: Any = {"severty": "error"}
        for call in (
            lambda: self.world.findings(**wrong),
            lambda: self.server.findings(**wrong),
            lambda: self.server.close(report=wrong),
            lambda: self.world.authorize("http://127.0.0.1:1/", **wrong),
            lambda: self.world.expect(**wrong),
            lambda: self.server.new_world(**wrong),
            lambda: understudy.start(**wrong),
            lambda: understudy.connect(**wrong),
        ):
            with self.assertRaisesRegex(TypeError, "severty"):
                call()
        for refused in (
            lambda: self.world.journal.list(providr="mailup"),
            lambda: self.world.journal.list(provider="mailp"),
            lambda: self.world.expect({"provider": "mailp"}, count=0),
            lambda: self.world.faults.add({"provider": "mailp"}, {"kind": "drop"}),
            lambda: self.world.tokens.list("mailup", cliend_id="x"),
        ):
            with self.assertRaisesRegex(understudy.UnderstudyError, "did you mean"):
                refused()

    def test_a_misspelt_provider_is_told(self) -> None:
        snapshot = self.world.snapshot.take()
        worlds: Any = [self.world.info(), self.world.reset(), self.world.play("happy-path")]
        worlds += [self.world.snapshot.restore(snapshot), *self.server.worlds()]
        for info in worlds:
            with self.assertRaisesRegex(KeyError, "there is no provider 'tinymail'; did you mean 'tinyemail'\\?"):
                info["providers"]["tinymail"]
            with self.assertRaisesRegex(KeyError, "there is no provider 'acme'; known: mailup, "):
                info["providers"]["acme"]
            self.assertIsNone(info["providers"].get("acme"))

    def test_a_call_about_a_world_that_ended_says_how_a_program_makes_one(self) -> None:
        made = self.server.new_world()
        made.drop()
        words = rf'It was dropped or never made: new_world\(id="{made.id}"\), or use'
        with self.assertRaisesRegex(understudy.UnderstudyError, words):
            made.journal.list()

    def test_findings_name_the_rule_and_are_suppressed_with_a_reason(self) -> None:
        self.world.authorize(self.authorize_url())
        rules = [finding["rule"] for finding in self.world.findings()["findings"]]
        self.assertEqual(rules, ["no-csrf-protection"])
        self.assertEqual(self.world.findings(severity="error")["findings"], [])
        report = self.world.findings(suppress={"no-csrf-protection": "MailUp returns no state: not ours"})
        self.assertEqual((report["findings"], len(report["suppressed"])), ([], 1))
        self.assertIn(self.world.id, str(self.server.findings()["worlds"]))

    def test_close_returns_the_findings_and_ends_the_world(self) -> None:
        world = self.server.new_world()
        world.authorize(f"{world.info()['providers']['mailup']['authorizeUrl']}?{urlencode(ASKED)}")
        report = world.close(report=True)
        assert report is not None
        self.assertEqual(report["world"], world.id)
        with self.assertRaises(understudy.UnderstudyError):
            world.info()
        self.assertIsNone(self.server.new_world().close())
        other = self.server.new_world()
        self.assertEqual((other.close(report={"severity": "error"}) or {})["findings"], [])
        every = understudy.Server(self.server.url).close(report=True)
        assert every is not None
        self.assertIn(world.id, [each["world"] for each in every["worlds"]])

    def test_token_families_are_listed(self) -> None:
        self.mint()
        [family] = self.world.lineage(client_id=CLIENT)
        self.assertEqual(len(family["tokens"]), 2)

    def test_a_scenario_is_played_by_name_or_inline_and_reset_begins_again(self) -> None:
        self.assertEqual(self.world.play("happy-path")["scenario"], "happy-path")
        self.assertIsNone(self.world.play({"extends": "default", "seed": 7})["scenario"])
        self.mint()
        self.assertEqual(self.world.reset()["seed"], "7")
        self.assertEqual(self.world.tokens.list("mailup"), [])
        self.assertIn("happy-path", [each["name"] for each in self.server.scenarios()])
        self.assertIn("providers", self.server.scenario("happy-path"))

    def test_a_snapshot_brings_the_state_back(self) -> None:
        self.mint()
        state = self.world.snapshot.take()
        self.world.reset()
        self.assertEqual(self.world.snapshot.restore(state)["id"], self.world.id)
        self.assertEqual(len(self.world.tokens.list("mailup")), 2)

    def test_an_exam_of_an_application_that_does_not_answer_fails_and_says_why(self) -> None:
        unused = "http://127.0.0.1:9/"
        self.world.exam.start("mailup", connect=unused, call=unused, timeout="1s")
        deadline = time.monotonic() + 30
        while self.world.exam.state(brief=True)["status"] == "running" and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertIn(self.world.exam.state()["status"], ("failed", "ended"))
        self.world.exam.stop()
        for refused in (lambda: self.world.exam.check("none"), lambda: self.world.exam.report("markdown")):
            with self.assertRaises(understudy.UnderstudyError) as raised:
                refused()
            self.assertIn(raised.exception.status, (404, 409))


class Worlds(WorldCase):
    def test_a_world_is_dropped_at_the_end_of_its_block(self) -> None:
        with self.server.new_world(id="py-block", scenario="happy-path") as made:
            self.assertEqual(made.base_url, f"{self.server.url}/w/py-block")
            self.assertIn("py-block", [each["id"] for each in self.server.worlds()])
        self.assertNotIn("py-block", [each["id"] for each in self.server.worlds()])

    def test_the_default_world_is_reset_at_the_end_of_its_block(self) -> None:
        with self.server.world() as default:
            default.tokens.mint("mailup", client_id=CLIENT, user_id=ADA)
            self.assertEqual(default.base_url, self.server.url)
        self.assertEqual(self.server.world("default").tokens.list("mailup"), [])

    def test_a_refused_call_says_all_mistakes_and_a_single_one_once(self) -> None:
        with self.assertRaises(understudy.UnderstudyError) as raised:
            self.world.faults.add({"grant_type": "x"}, {"kind": "rate-limit", "retryafter": 2})
        error = raised.exception
        self.assertEqual(error.status, 400)
        self.assertEqual([each["path"] for each in error.errors], ["match.grant_type", "fault.retryafter"])
        self.assertEqual(error.problem["status"], 400)
        self.assertIn('did you mean "retryAfter"?', str(error))
        with self.assertRaises(understudy.UnderstudyError) as raised:
            self.world.faults.add({}, {"kind": "rate-limit", "retryafter": 2})
        self.assertEqual(str(raised.exception).count("retryafter"), 1)

    def test_the_server_is_healthy(self) -> None:
        self.assertEqual(self.server.health()["status"], "ok")


if __name__ == "__main__":
    unittest.main()
