"""`flask journal verify`: clean chains are counted, and one damaged, missing or moved entry is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import delete, func, select, update

from app.kernel import journal
from app.kernel.access import Actor
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.journal import Entry, Value
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from tests.world import World

ACTS = 5
WHO = Actor("account", "01890000-0000-7000-8000-000000000001", "نادية المنصوري")


@pytest.fixture
def stream(app: LiqaaFlask, world: World, clock: FixedClock) -> str:
    """The stream of a meeting with five acts more, besides two of the installation and one of another meeting."""
    for number in range(ACTS):
        with transaction():
            _act("agadir", f"meeting.changed{number}", world, clock)
            if number < 2:
                _act(None, f"account.changed{number}", world, clock)
    with transaction():
        _act("fes", "meeting.changed0", world, clock)
        return journal.stream_of(db.session.get_one(Meeting, world.things["agadir"]))


def _act(name: str | None, kind: str, world: World, clock: FixedClock) -> None:
    meeting = db.session.get_one(Meeting, world.things[name]) if name else None
    subject = ("meeting", world.things[name or "agadir"])
    journal.record(kind, subject, actor=WHO, clock=clock, meeting=meeting, fields=["title.ar"], values={"كان": kind})


def verify(app: LiqaaFlask, *options: str) -> Result:
    return app.test_cli_runner().invoke(args=["journal", "verify", *options])


def last(stream: str) -> int:
    with transaction(writes=False):
        return int(db.session.scalar(select(func.max(Entry.seq)).where(Entry.stream_id == stream)) or 0)


def of(table: type[Entry] | type[Value], stream: str, seq: int) -> Any:
    return (table.stream_id == stream) & (table.seq == seq)


def flipped(value: Any) -> Any:
    """The value with one bit of its first byte changed; of a list or an object, of its first word."""
    if isinstance(value, str):
        return chr(ord(value[0]) ^ 1) + value[1:]
    if isinstance(value, list):
        return [flipped(value[0]), *value[1:]]
    return {key: flipped(one) for key, one in value.items()}


def test_verify_of_untouched_chains_prints_the_number_of_entries_in_the_table(app: LiqaaFlask, stream: str) -> None:
    with transaction(writes=False):
        entries = db.session.scalar(select(func.count()).select_from(Entry))
        streams = db.session.scalar(select(func.count()).select_from(journal.Stream))

    told, machine = verify(app), verify(app, "--json")

    assert (told.exit_code, told.stderr) == (0, "")
    assert told.stdout.splitlines()[-1] == f"{streams} streams, {entries} entries."
    assert f"{stream}: {last(stream)} entries, head " in told.stdout
    assert machine.exit_code == 0
    assert json.loads(machine.stdout)["entries"] == entries
    assert json.loads(machine.stdout)["findings"] == []
    assert (entries or 0) >= ACTS + 3


def test_verify_after_the_values_of_an_entry_were_erased_finds_nothing(app: LiqaaFlask, stream: str) -> None:
    seq = last(stream)
    with transaction():
        db.session.execute(delete(Value).where(of(Value, stream, seq)))

    assert verify(app).exit_code == 0


DAMAGED = [
    *((Entry, column) for column in ("at", "actor_kind", "actor_id", "kind", "subject_type", "subject_id", "fields")),
    *((Entry, column) for column in ("values_hash", "prev_hash", "hash")),
    *((Value, column) for column in ("values", "salt")),
]


@pytest.mark.parametrize(("table", "column"), DAMAGED, ids=[f"{table.__name__}.{column}" for table, column in DAMAGED])
def test_verify_after_one_flipped_byte_exits_1_and_names_the_entry(
    app: LiqaaFlask, stream: str, table: type[Entry] | type[Value], column: str
) -> None:
    seq = last(stream) - 2
    with transaction():
        before = db.session.scalar(select(getattr(table, column)).where(of(table, stream, seq)))
        db.session.execute(update(table).where(of(table, stream, seq)).values({column: flipped(before)}))

    assert_names(app, stream, seq)


def _delete(seq: int, stream: str) -> None:
    db.session.execute(delete(Entry).where(of(Entry, stream, seq)))


def _swap(seq: int, stream: str) -> None:
    for table in (Entry, Value):
        for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
            db.session.execute(update(table).where(of(table, stream, old)).values(seq=new))


def _renumber(seq: int, stream: str) -> None:
    """Delete the entry and close the gap behind it, as somebody would who hides the deletion."""
    _delete(seq, stream)
    later = select(Entry.seq).where(Entry.stream_id == stream, Entry.seq > seq).order_by(Entry.seq)
    for one in db.session.scalars(later).all():
        db.session.execute(update(Entry).where(of(Entry, stream, one)).values(seq=one - 1))


def _rehash(seq: int, stream: str) -> None:
    """Rewrite the entry with a hash that fits it, so that only its follower tells."""
    entry = db.session.scalars(select(Entry).where(of(Entry, stream, seq))).one()
    entry.kind = "meeting.other"
    entry.hash = journal.entry_hash(entry.document())


def _add(seq: int, stream: str) -> None:
    """Append an entry that fits the chain, past the head that the stream keeps."""
    entry = db.session.scalars(select(Entry).where(of(Entry, stream, seq))).one()
    columns = {column: getattr(entry, column) for column in Entry.__table__.columns.keys()}  # noqa: SIM118
    more = Entry(**columns | {"seq": seq + 1, "prev_hash": entry.hash})
    more.hash = journal.entry_hash(more.document())
    db.session.add(more)


@pytest.mark.parametrize(
    ("damage", "at", "named", "reason"),
    [
        (_delete, -2, -2, "is missing"),
        (_delete, -(ACTS - 1), -(ACTS - 1), "is missing"),
        (_delete, 0, 0, "is missing"),  # The last one: the stream keeps its head and its number.
        (_swap, -2, -2, "does not follow the entry before it"),
        (_renumber, -2, -2, "does not follow the entry before it"),
        (_rehash, -2, -1, "does not follow the entry before it"),
        (_rehash, 0, 0, "is not the head of its stream"),
        (_add, 0, 1, "is after the head of its stream"),
    ],
)
def test_verify_after_an_entry_went_missing_or_moved_exits_1_and_names_the_entry(
    app: LiqaaFlask, stream: str, damage: Callable[[int, str], None], at: int, named: int, reason: str
) -> None:
    end = last(stream)
    with transaction():
        damage(end + at, stream)

    assert_names(app, stream, end + named, reason)


def assert_names(app: LiqaaFlask, stream: str, seq: int, reason: str = "") -> None:
    told, machine = verify(app), verify(app, "--json")
    assert (told.exit_code, machine.exit_code) == (1, 1)
    assert told.stderr.startswith(f"{stream}: entry {seq} {reason}")
    assert len(told.stderr.splitlines()) == 1
    found = json.loads(machine.stdout)["findings"]
    assert [(one["stream"], one["seq"]) for one in found] == [(stream, seq)]


def _seal(app: LiqaaFlask) -> str:
    told = app.test_cli_runner().invoke(args=["journal", "seal"])
    assert (told.exit_code, len(told.stdout.splitlines())) == (0, 1)
    return told.stdout.strip()


def _heads(app: LiqaaFlask) -> dict[str, str]:
    """The anchors of all streams, as an administrator reads them."""
    lines = app.test_cli_runner().invoke(args=["journal", "head"]).stdout.splitlines()
    return {line.rpartition(" ")[0] or journal.INSTALLATION: line for line in lines}


def _cut(stream: str, left: int) -> None:
    """Cut the end of a chain off and set its head to match: the chain itself is whole."""
    db.session.execute(delete(Entry).where(Entry.stream_id == stream, Entry.seq > left))
    head = db.session.scalars(select(Entry.hash).where(of(Entry, stream, left))).one()
    db.session.execute(update(journal.Stream).where(journal.Stream.id == stream).values(seq=left, hash=head))


def _write_anew(stream: str, seq: int) -> None:
    """Change an entry and every hash from there to the head."""
    head = ""
    for entry in db.session.scalars(
        select(Entry).where(Entry.stream_id == stream, Entry.seq >= seq).order_by(Entry.seq)
    ):
        if entry.seq == seq:
            entry.kind = "meeting.other"
        else:
            entry.prev_hash = head
        head = entry.hash = journal.entry_hash(entry.document())
    db.session.execute(update(journal.Stream).where(journal.Stream.id == stream).values(hash=head))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda stream, end: _cut(stream, end - 1), "is missing, and was there when the anchor was taken"),
        (lambda stream, end: _cut(stream, 1), "is missing, and was there when the anchor was taken"),
        (lambda stream, end: _write_anew(stream, 2), "is not the one that the anchor was taken of"),
    ],
)
@pytest.mark.parametrize("kept", ["seal", "head"])
def test_chain_that_was_rewritten_to_its_head_is_told_by_an_anchor_and_by_nothing_else(
    app: LiqaaFlask, stream: str, kept: str, damage: Callable[[str, int], None], reason: str
) -> None:
    end = last(stream)
    anchor = _seal(app) if kept == "seal" else _heads(app)[stream]
    assert verify(app, "--anchor", anchor).exit_code == 0
    with transaction():
        damage(stream, end)

    assert verify(app).exit_code == 0
    told, machine = verify(app, "--anchor", anchor), verify(app, "--json", "--anchor", anchor)
    assert (told.exit_code, machine.exit_code) == (1, 1)
    assert told.stderr == f"{stream}: entry {end} {reason}.\n"
    assert [(one["stream"], one["seq"]) for one in json.loads(machine.stdout)["findings"]] == [(stream, end)]


def test_anchor_holds_while_the_journal_grows_and_people_are_erased(
    app: LiqaaFlask, stream: str, world: World, clock: FixedClock
) -> None:
    anchors = [_seal(app), *_heads(app).values()]
    assert anchors[0] == anchors[1]
    with transaction():
        _act("agadir", "meeting.changed", world, clock)
        db.session.execute(delete(Value).where(Value.stream_id == stream))

    told = verify(app, *[part for anchor in [*anchors, _seal(app)] for part in ("--anchor", anchor)])
    assert (told.exit_code, told.stderr) == (0, "")


def test_seal_whose_heads_were_taken_away_is_told(app: LiqaaFlask, stream: str) -> None:
    anchor = _seal(app)
    with transaction():
        db.session.execute(delete(Value).where(of(Value, journal.INSTALLATION, int(anchor.partition(":")[0]))))

    assert verify(app).exit_code == 0
    assert "is a seal whose heads were taken away" in verify(app, "--anchor", anchor).stderr


def test_head_writes_nothing_and_prints_what_seal_kept(app: LiqaaFlask, stream: str) -> None:
    before = _heads(app)
    assert _heads(app) == before
    assert before[stream].startswith(f"{stream} {last(stream)}:")
    assert _seal(app) == _heads(app)[journal.INSTALLATION]


@pytest.mark.parametrize("anchor", ["12", "12:abc", f"0:{'a' * 64}", f"x:{'a' * 64}", ""])
def test_what_is_no_anchor_is_wrong_usage(app: LiqaaFlask, stream: str, anchor: str) -> None:
    assert verify(app, "--anchor", anchor).exit_code == 2
