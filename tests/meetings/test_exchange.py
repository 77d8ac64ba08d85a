"""A meeting as one file: round trip, clones, refusals, and the demonstration's own files."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from app.kernel import journal
from app.kernel.access import NOBODY, SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings import exchange, queries
from app.meetings.exchange import sections
from app.meetings.models import Meeting
from app.territory import actions as territory
from app.territory.seed import read_seed
from config import ROOT
from tests.world import World

FILES = {name: ROOT / "app" / "portal" / "demonstration" / f"{name}.json" for name in ("agadir-2022", "fes-2023")}


def _demonstration(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(FILES[name].read_text(encoding="utf-8"))
    return data


def _exported(slug: str) -> bytes:
    with transaction(writes=False):
        meeting = queries.find_meeting(slug)
        assert meeting is not None
        return exchange.write(meeting)


@pytest.fixture
def country(world: World, clock: FixedClock) -> World:
    """The world with the whole territory."""
    with transaction():
        territory.load_bodies(read_seed(), actor=SYSTEM, clock=clock)
    return world


def test_schema_in_the_documents_is_a_schema() -> None:
    Draft202012Validator.check_schema(json.loads((ROOT / "docs" / "meeting-file.schema.json").read_text("utf-8")))


@pytest.mark.parametrize("name", FILES)
def test_demonstration_loaded_and_exported_loads_and_exports_identically(
    country: World, clock: FixedClock, name: str
) -> None:
    data = _demonstration(name)
    data["programme"]["slug"], data["meeting"]["slug"] = "other", "first"
    with transaction():
        exchange.load(data, actor=SYSTEM, clock=clock)
    first = _exported("first")
    again = exchange.parse(first)
    again["meeting"]["slug"] = "second"
    again["programme"]["slug"] = "other-again"
    with transaction():
        exchange.load(again, actor=SYSTEM, clock=clock)
    second = _exported("second")
    renamed = second.replace(b'"other-again"', b'"other"').replace(b'"second"', b'"first"')
    assert renamed == first
    assert json.loads(first) == data


@pytest.mark.parametrize(
    ("name", "communes", "sittings", "tracks"), [("agadir-2022", 103, 21, 3), ("fes-2023", 24, 16, 4)]
)
def test_demonstration_holds_what_it_announces(
    country: World, clock: FixedClock, name: str, communes: int, sittings: int, tracks: int
) -> None:
    data = _demonstration(name)
    data["meeting"]["slug"], data["programme"]["slug"] = "demo", "demo"
    with transaction():
        meeting = exchange.load(data, actor=SYSTEM, clock=clock)
        assert queries.count_members(meeting.programme, date(2022, 3, 25)) == communes
        assert meeting.programme.announced_communes == communes
        assert len(queries.sittings(meeting)) == sittings
        assert len(queries.workshops(meeting)) == tracks


def test_world_meeting_survives_the_round_trip(world: World, clock: FixedClock, app: LiqaaFlask) -> None:
    data = exchange.parse(_exported("agadir-2022"))
    with transaction():
        exchange.load(data | {"meeting": data["meeting"] | {"slug": "copy"}}, actor=SYSTEM, clock=clock)
    copy = json.loads(_exported("copy"))
    assert copy["meeting"].pop("slug") == "copy"
    assert copy["meeting"] == {name: value for name, value in data["meeting"].items() if name != "slug"}
    assert copy["sittings"] == data["sittings"]


def test_clone_for_next_year_begins_in_preparation_on_shifted_days(country: World, clock: FixedClock) -> None:
    data = _demonstration("agadir-2022")
    with transaction():
        exchange.load(data, actor=SYSTEM, clock=clock, slug="agadir-2023", code="AGA23", shift_days=364)
    clone = json.loads(_exported("agadir-2023"))
    assert clone["meeting"]["phase"] == "draft"
    assert clone["meeting"]["starts_on"] == "2023-03-24"
    assert "published_on" not in clone["meeting"]
    assert [one["kind"] for one in clone["documents"]] == [
        "recommendations", "strategic_plan", "programme", "video", "stream", "stream",
    ]  # fmt: skip
    assert not any("published_at" in one for one in clone["documents"])
    moved = [line["starts"] for line in clone["sittings"]]
    expected = [(date.fromisoformat(line["starts"][:10]) + timedelta(364)).isoformat() + line["starts"][10:]
                for line in data["sittings"]]  # fmt: skip
    assert moved == expected


def test_load_records_one_entry_with_the_sum_of_the_file(world: World, clock: FixedClock) -> None:
    data = exchange.parse(_exported("agadir-2022"))
    with transaction():
        meeting = exchange.load(data, actor=SYSTEM, clock=clock, slug="copy")
        ident = meeting.id
    with transaction(writes=False):
        lines = journal.latest(db.session.get(Meeting, ident))
    assert [line.kind for line in lines] == ["meeting.loaded"]
    assert len(lines[0].values["sha256"]) == 64


def _spoilt(change: Any) -> dict[str, Any]:
    data = deepcopy(json.loads(_exported("agadir-2022")))
    data["meeting"]["slug"] = "spoilt"
    data["programme"]["slug"] = "spoilt"
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d["meeting"].update(slug="agadir-2022"), "slug_taken"),
        (lambda d: d["meeting"].update(commune="99.999"), "exchange_body"),
        (lambda d: d["sittings"][0].update(room="R99"), "exchange_reference"),
        (lambda d: d["sittings"][0].update(ends=d["sittings"][0]["starts"]), "sitting_order"),
        (lambda d: d["sittings"][0].update(starts="2022-03-24T09:00"), "outside_meeting"),
        (lambda d: d["meeting"].update(colour="green"), "exchange_schema"),
        (lambda d: d["meeting"].update(starts_on="2022-02-30"), "exchange_date"),
        (lambda d: d.update(version=2), "exchange_version"),
        (lambda d: d.update(format="calendar"), "exchange_format"),
        (lambda d: d.update(sections={"weather": {}}), "exchange_schema"),
        (lambda d: d["workshops"][1].update(code=d["workshops"][0]["code"]), "code_taken"),
    ],
)
def test_file_with_a_fault_is_refused_with_its_code(world: World, clock: FixedClock, change: Any, code: str) -> None:
    spoilt = _spoilt(change)
    with pytest.raises(Refusal) as refused, transaction():
        exchange.load(spoilt, actor=SYSTEM, clock=clock)
    assert refused.value.code == code
    with transaction(writes=False):
        assert queries.find_meeting("spoilt") is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b"[" * 100_000, b'{"format": 1}'])
def test_content_that_is_no_meeting_is_refused(app: LiqaaFlask, content: bytes) -> None:
    with pytest.raises(Refusal, match="exchange_"):
        exchange.parse(content)


def test_loading_by_the_public_is_refused(world: World, clock: FixedClock) -> None:
    data = _spoilt(lambda data: None)
    with pytest.raises(Refusal, match="not_allowed"), transaction():
        exchange.load(data, actor=NOBODY, clock=clock)


def test_section_of_a_later_room_travels_in_its_own_words(
    world: World, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sections, "SECTIONS", {}, raising=True)
    for module in ("checking", "dumping", "loading"):
        monkeypatch.setattr(f"app.meetings.exchange.{module}.SECTIONS", sections.SECTIONS)
    seen: list[Any] = []
    exchange.section(
        "notes", dump=lambda meeting, refs: [refs.ref("workshop", row.id) for row in queries.workshops(meeting)],
        load=lambda meeting, data, loading: seen.extend(loading.refs.row("workshop", one).code for one in data),
        schema={"type": "array", "items": {"type": "string"}},
    )  # fmt: skip
    data = exchange.parse(_exported("agadir-2022"))
    assert data["sections"] == {"notes": ["W1", "W2", "W3"]}
    data["meeting"]["slug"] = "with-notes"
    with transaction():
        exchange.load(data, actor=SYSTEM, clock=clock)
    assert seen == ["W1", "W2", "W3"]
    with transaction():
        exchange.load(data, actor=SYSTEM, clock=clock, slug="clone")
    assert seen == ["W1", "W2", "W3"]


def test_commands_export_and_load_a_meeting(app: LiqaaFlask, world: World, tmp_path: Path) -> None:
    runner, file = app.test_cli_runner(), tmp_path / "agadir.json"
    assert runner.invoke(args=["meetings", "export", "agadir-2022", str(file)]).exit_code == 0
    done = runner.invoke(args=["meetings", "load", str(file), "--slug", "agadir-2023", "--shift-days", "364", "--json"])
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {"slug": "agadir-2023", "programme": "papc", "phase": "draft"}
    again = runner.invoke(args=["meetings", "load", str(file)])
    assert again.exit_code == 1
    assert "taken" in again.stderr
    missing = runner.invoke(args=["meetings", "export", "nowhere", str(file)])
    assert missing.exit_code == 1
