"""The described API under made-up requests: it never fails by itself, and it answers as its description says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from app.followup.queries import open_data
from tests.access.things import build_things, sides
from tests.attendance.people import lend
from tests.client import Browser
from tests.world import World

FEW = settings(
    max_examples=8, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
# An answer without an end; tests/live reads it.
ENDLESS = {"GET /meetings/{slug}/stream", "GET /meetings/{slug}/wall/{wall_token}/stream"}
# Who is let into what: by the room that the operation is of.
WHO = {"recommendations": "rapporteur", "attendance": "desk"}
WALK_IN = "POST /meetings/{slug}/walk-ins"
# What made-up bodies do not hit: a category of the meeting, a list of its days.
BODIES = {
    WALK_IN: {"scan_id": "0190a2f0-0000-7000-8000-00000000000a", "list": "2022-03-25-am", "category": "elected",
              "scanned_at": "2022-03-25T08:14:00Z", "name": "زهرة بودرار", "body": "أكادير"},
}  # fmt: skip
# What only a phone that was lent may do, and whether it is paired; each time another one, for it gives its token away.
PHONES = {"POST /meetings/{slug}/door-pair": False, "POST /meetings/{slug}/door-leave": True}


class Fuzz:
    """Everybody's browsers, and what the addresses of the own meeting are."""

    def __init__(self, browser: Browser, world: World) -> None:
        build_things(world)
        self.own = sides(world)["own"]
        self.app, self.world = browser.app, world
        self.name = str(self.app.config["SESSION_COOKIE_NAME"])
        self.answered: defaultdict[str, list[int]] = defaultdict(list)
        self.people = {
            who: Browser(self.app, world, lint=False) for who in ("organiser", "rapporteur", "desk", "public")
        }
        for who, own in self.people.items():
            if who != "public":
                own.sign_in(who)

    def misfits(self, document: dict[str, Any], only: str = "") -> dict[str, str]:
        """Ask every operation of the document a few times; what does not answer as described, by its label."""
        found = {}
        api = schemathesis.openapi.from_dict(document)
        api.app = self.app
        for result in api.get_all_operations():
            operation = result.ok()
            if operation.label in ENDLESS or (only and operation.label != only):
                continue
            try:
                self.ask(operation)
            except (Exception, BaseExceptionGroup) as error:  # Every kind of misfit is a finding of its operation.
                found[operation.label] = "".join(map(str, getattr(error, "exceptions", [error])))
        return found

    def ask(self, operation: Any) -> None:
        """A bounded number of requests of one operation, the same ones each time.

        Of four, one goes to an address that is made up, and one is anonymous.
        """
        label, turns = operation.label, count()
        tag = (operation.definition.raw.get("tags") or [""])[0]

        @FEW
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            turn = next(turns)
            if turn % 4 != 2:
                case.path_parameters |= {name: self.own[name] for name in case.path_parameters if name in self.own}
            if turn == 0 and label in BODIES:
                case.body = BODIES[label]
            person = self.people["public" if turn % 4 == 3 else WHO.get(tag, "organiser")]
            # Made-up tokens and cookies are the anonymous one's; whoever comes with a right shows that alone.
            if person is not self.people["public"]:
                case.headers, case.cookies = {}, {}
            answer = case.call(**self.proof(person, label))
            self.answered[label].append(answer.status_code)
            assert answer.status_code < 500, case.as_curl_command()
            case.validate_response(answer, checks=CHECKS)

        ask()

    def proof(self, person: Browser, label: str) -> dict[str, Any]:
        """How the request says whose it is."""
        if label in PHONES:
            return {"headers": lend(self.world, "الباب 1", paired=PHONES[label])}
        person.restore()
        token = person.csrf()
        held = person.client.get_cookie(self.name, domain="localhost")
        return {"headers": {"X-CSRFToken": token}, "cookies": {self.name: held.value} if held else {}}


@pytest.fixture
def fuzz(browser: Browser, world: World) -> Fuzz:
    return Fuzz(browser, world)


@pytest.fixture
def document(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = browser.get("/api/v1/openapi.json").get_json()
    return found


@pytest.mark.slow
def test_api_answers_made_up_requests_as_it_is_described(fuzz: Fuzz, document: dict[str, Any]) -> None:
    assert fuzz.misfits(document) == {}
    unreached = {label: codes for label, codes in fuzz.answered.items() if not any(code < 300 for code in codes)}
    assert unreached == {}
    assert len(fuzz.answered) >= 25


def _other_member(document: dict[str, Any]) -> None:
    told = document["paths"]["/meetings/{slug}/commitments"]["get"]["responses"]["200"]["content"]
    told["application/json"]["schema"]["properties"]["meeting"] = {"type": "integer"}


def _other_status(document: dict[str, Any]) -> None:
    responses = document["paths"]["/meetings/{slug}/tickets"]["post"]["responses"]
    responses["200"] = responses.pop("201")


def _other_media(document: dict[str, Any]) -> None:
    responses = document["paths"]["/meetings/{slug}/tasks.csv"]["get"]["responses"]
    responses["200"]["content"] = {"application/json": {"schema": {"type": "string"}}}


@pytest.mark.parametrize(
    ("spoil", "label"),
    [
        (_other_member, "GET /meetings/{slug}/commitments"), (_other_status, "POST /meetings/{slug}/tickets"),
        (_other_media, "GET /meetings/{slug}/tasks.csv"),
    ],
)  # fmt: skip
def test_document_that_says_something_else_than_the_api_does_is_found(
    fuzz: Fuzz, document: dict[str, Any], spoil: Callable[[dict[str, Any]], None], label: str
) -> None:
    assert fuzz.misfits(document, only=label) == {}
    spoil(document)
    assert list(fuzz.misfits(document, only=label)) == [label]


def test_operation_that_fails_by_itself_is_found(
    fuzz: Fuzz, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_data, "tasks", lambda meeting: 1 / 0)

    assert list(fuzz.misfits(document, only="GET /meetings/{slug}/tasks")) == ["GET /meetings/{slug}/tasks"]


def test_every_operation_says_what_it_answers_when_it_does_what_it_was_asked(document: dict[str, Any]) -> None:
    silent = [
        f"{method} {path}"
        for path, methods in document["paths"].items()
        for method, told in methods.items()
        if not any(code[0] == "2" and answer.get("content") for code, answer in told["responses"].items())
    ]
    assert silent == []
