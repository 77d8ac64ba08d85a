"""The access matrix: rows from the CSV files, and what a request of each person really gets."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from flask import url_for
from werkzeug.test import TestResponse

from tests.client import Browser

FOLDER = Path(__file__).parent
OWN_METHODS = {"HEAD", "OPTIONS"}


# Names that stand for everybody: with `public` nobody needs a key, with `link` the address is the key, and every person
# of the matrix asks with the whole address. The anonymous one shows it.
EVERYBODY = frozenset({"public", "link"})
# Answers by side and person.
Asked = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Row:
    """Who may use one method of one route, at home and with the ids of another meeting and body."""

    endpoint: str
    method: str
    allowed: frozenset[str]
    foreign: frozenset[str]

    def names(self, side: str) -> frozenset[str]:
        """Who is let in on this side."""
        return self.allowed if side == "own" else self.foreign

    def with_names(self, side: str, names: frozenset[str]) -> Row:
        """The same row saying something else of one side."""
        return replace(self, allowed=names) if side == "own" else replace(self, foreign=names)


def rows(room: str) -> list[Row]:
    """The rows of one room's file."""
    with (FOLDER / f"{room}.csv").open(encoding="utf-8") as file:
        return [_row(line) for line in csv.DictReader(file)]


def rooms() -> list[str]:
    """The rooms that have a file, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.csv"))


def _row(line: Mapping[str, str]) -> Row:
    allowed = frozenset(line["allowed"].split())
    foreign = frozenset((line.get("foreign") or "").split())
    if not foreign:
        outsider = {"outsider"} if "organiser" in allowed else set()
        foreign = frozenset({"public"} if allowed & EVERYBODY else outsider | (allowed & {"admin"}))
    return Row(line["endpoint"], line["method"], allowed - {"none"}, foreign - {"none"})


def address(browser: Browser, row: Row, values: Mapping[str, str]) -> str:
    """The path of the row's route, with the ids of one side of the world."""
    rules = [rule for rule in browser.app.url_map.iter_rules(row.endpoint) if row.method in (rule.methods or ())]
    wanted = rules[0].arguments - {"lang"}
    missing = wanted - values.keys()
    assert not missing, f"{row.endpoint}: tests/access/things.py has no {', '.join(sorted(missing))}"
    with browser.app.test_request_context(base_url="http://localhost"):
        extra = {"lang": "ar"} if "lang" in rules[0].arguments else {}
        return url_for(row.endpoint, **{name: values[name] for name in wanted}, **extra, _external=False)


def ask(browser: Browser, row: Row, path: str) -> TestResponse:
    """Make the row's request as the person of this browser; bodies are empty.

    Refusals are asked for as JSON: the rule is the same, and most requests of the matrix need no page drawn to say no.
    """
    browser.restore()
    plain = {"Accept": "application/json"}
    if row.method == "GET":
        return browser.get(path, headers=plain)
    if path.startswith("/api/"):
        return browser.send(row.method, path, {}, headers=plain)
    return browser.post(path, headers=plain)


def some(row: Row, browsers: Mapping[str, Browser]) -> dict[str, Browser]:
    """The first who is let in at home and the first who is not, and the outsider, whose home is the other side."""
    inside = next((name for name in browsers if expected(row.allowed, name)), "organiser")
    outside = next((name for name in browsers if not expected(row.allowed, name)), "public")
    return {name: browsers[name] for name in {inside: 0, outside: 0, "outsider": 0}}


def ask_all(browsers: Mapping[str, Browser], row: Row, values: Mapping[str, Mapping[str, str]]) -> Asked:
    """Make the row's request once as every person on both sides: what each was answered, refusals as 404."""
    found: Asked = {}
    for side, own in values.items():
        path = address(next(iter(browsers.values())), row, own)
        found[side] = {person: _status(ask(browser, row, path)) for person, browser in browsers.items()}
    return found


def _status(answer: TestResponse) -> int:
    """The status; the way to the sign-in page is a refusal like 404."""
    return 404 if "/sign-in" in answer.headers.get("Location", "") else answer.status_code


def let_in(answer: TestResponse) -> bool:
    """Whether the rule let the request through, whatever the page then said."""
    return not _refused(_status(answer))


def _refused(status: int) -> bool:
    return status in {401, 403, 404}


def expected(names: frozenset[str], person: str) -> bool:
    """Whether a person is among the names."""
    return bool(names & EVERYBODY) or person in names


def misfits(row: Row, asked: Asked) -> list[tuple[str, str]]:
    """Side and person of every answer that is not what the row says."""
    return [
        (side, person)
        for side, answers in asked.items()
        for person, status in answers.items()
        if _refused(status) == expected(row.names(side), person)
    ]


def told(row: Row, asked: Asked) -> str:
    """The misfits of a row for the reader of a failure."""
    lines = [f"{side} as {person}: {asked[side][person]}" for side, person in misfits(row, asked)]
    return f"{row.endpoint} {row.method} " + ", ".join(lines)


def unfound(row: Row, asked: Asked) -> list[str]:
    """The inversions of a row that its answers do not show as a misfit of the one concerned; none may be left.

    Each name of each side is taken away, and each person whom the row keeps out is added, one at a time. `public` and
    `link` are no persons: taken away, the anonymous one must be a misfit, for nobody else comes by them alone.
    A name that nobody asks as changes no answer, so it is always left here: it cannot hide.
    """
    left = []
    for side, answers in asked.items():
        names = row.names(side)
        changed = {f"without {name}": (name, names - {name}) for name in names}
        for person in answers:
            if not expected(names, person):
                changed[f"with {person}"] = (person, names | {person})
        for change, (name, wrong) in sorted(changed.items()):
            concerned = "public" if name in EVERYBODY else name
            if (side, concerned) not in misfits(row.with_names(side, wrong), asked):
                left.append(f"{side} {change}")
    return left


def uncovered(browser: Browser) -> list[str]:
    """Routes and methods of the URL map that no row names, and rows that name no route."""
    real = {
        (rule.endpoint, method)
        for rule in browser.app.url_map.iter_rules()
        for method in (rule.methods or set()) - OWN_METHODS
        if rule.endpoint != "static"
    }
    named = {(row.endpoint, row.method) for room in rooms() for row in rows(room)}
    missing = [f"{endpoint} {method} has no row" for endpoint, method in sorted(real - named)]
    return missing + [f"{endpoint} {method} is no route" for endpoint, method in sorted(named - real)]
