"""The access matrix: rows from the CSV files, and what a request of each person really gets."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import url_for
from werkzeug.test import TestResponse

from tests.client import Browser

FOLDER = Path(__file__).parent
OWN_METHODS = {"HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Row:
    """Who may use one method of one route, at home and with the ids of another meeting and body."""

    endpoint: str
    method: str
    allowed: frozenset[str]
    foreign: frozenset[str]


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
        everybody = {"public"} if allowed & {"public", "link"} else set()
        outsider = {"outsider"} if "organiser" in allowed else set()
        foreign = frozenset(everybody | outsider | (allowed & {"admin"}))
    return Row(line["endpoint"], line["method"], allowed, foreign - {"none"})


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
    """Make the row's request as the person of this browser; bodies are empty."""
    browser.restore()
    if row.method == "GET":
        return browser.get(path)
    if path.startswith("/api/"):
        return browser.send(row.method, path, {})
    return browser.post(path)


def let_in(answer: TestResponse) -> bool:
    """Whether the rule let the request through, whatever the page then said."""
    location = answer.headers.get("Location", "")
    return answer.status_code not in {401, 403, 404} and "/sign-in" not in location


def expected(names: frozenset[str], person: str) -> bool:
    """Whether a person is among the names."""
    return bool(names & {"public", "link"}) or person in names


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
