"""Logs: one JSON line an event, without what opens something or names somebody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.kernel.tokens import new_token
from app.logs import scrubbed
from tests.operations.conftest import Command

ID = "01a209ab-f04a-7505-9446-90b6150e47c5"  # Fixed: every process that shares the tests must name them alike.


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sent to fatima.zahra@commune-agadir.ma now", "sent to [mail] now"),
        ("call +212 6 61 23 45 67", "call [phone]"),
        ("call 0661234567", "call [phone]"),
        (f"GET /ar/registrations/{ID}.{'x' * 24}/ 200", f"GET /ar/registrations/{ID}.[token]/ 200"),
        ("?since=4&ticket=abcdef", "?since=4&ticket=[token]"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer [token]"),
        (f"job {ID} took 0.25 s at 2022-03-25", f"job {ID} took 0.25 s at 2022-03-25"),
    ],
)
def test_log_line_hides_addresses_phones_and_tokens_and_keeps_the_rest(text: str, shown: str) -> None:
    assert scrubbed(text) == shown


def test_log_line_hides_every_token_we_make() -> None:
    for _ in range(200):
        token = new_token()
        assert token not in scrubbed(f"GET /ar/sign-in/{token}/ 404")


def test_process_logs_one_json_line_an_event(command: Command, tmp_path: Path) -> None:
    script = (
        "from app import create_app; import logging; app = create_app();"
        "logging.getLogger('x').error('to %s\\nand more', 'a@example.org');"
        "app.test_client().get('/nowhere/b@example.org', base_url='http://127.0.0.1:8000')"
    )
    lines = [json.loads(line) for line in command("-c", script).stderr.splitlines()]
    assert lines[0]["event"] == "to [mail]\nand more"
    assert lines[0]["level"] == "error"
    assert "example.org" not in json.dumps(lines)
    assert lines[-1]["status"] == 404
