"""Anchors of the journal: what is kept outside the database, so that a chain rewritten to its very head is told.

A chain alone shows an entry changed or taken from its midst. Whoever may write the database can also cut its end off,
or write everything anew, and set the head to match: nothing inside tells. One line on paper does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from app.kernel import journal
from app.kernel.access import SYSTEM
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.journal import INSTALLATION, Entry, Finding, Stream, Value

SEALED = "journal.sealed"
_ANCHOR = re.compile(r"(?:(?P<stream>[\w:-]{1,60})[: ])?(?P<seq>[1-9]\d{0,9}):(?P<hash>[0-9a-f]{64})")


@dataclass(frozen=True)
class Anchor:
    """One entry as it was when somebody wrote it down."""

    stream: str
    seq: int
    hash: str

    def __str__(self) -> str:
        own = f"{self.seq}:{self.hash}"
        return own if self.stream == INSTALLATION else f"{self.stream} {own}"


def parse(text: str) -> Anchor | None:
    """The anchor written as `SEQ:HASH` (of the installation's stream) or `STREAM SEQ:HASH`; None when it is neither."""
    found = _ANCHOR.fullmatch(text.strip())
    if found is None:
        return None
    return Anchor(found["stream"] or INSTALLATION, int(found["seq"]), found["hash"])


def heads() -> list[Anchor]:
    """The last entry of every stream that has one."""
    rows = db.session.scalars(select(Stream).where(Stream.seq > 0).order_by(Stream.id))
    return [Anchor(row.id, row.seq, row.hash) for row in rows]


def seal(*, clock: Clock) -> None:
    """Write the heads of all streams into the installation's: its own next head then speaks for every one of them.

    Journal: journal.sealed.
    """
    told = {one.stream: f"{one.seq}:{one.hash}" for one in heads()}
    journal.record(SEALED, ("journal", INSTALLATION), actor=SYSTEM, clock=clock, values={"heads": told})


def misfits(anchor: Anchor) -> list[Finding]:
    """What no longer is as the anchor says: its entry, and where that is a seal, the entries it speaks for."""
    finding = _misfit(anchor)
    if finding is not None:
        return [finding]
    entry = _entry(anchor)
    if entry is None or entry.kind != SEALED:
        return []
    values = db.session.get(Value, (anchor.stream, anchor.seq))
    if values is None or journal.values_hash(values.salt, values.values) != entry.values_hash:
        return [Finding(anchor.stream, anchor.seq, "is a seal whose heads were taken away or altered")]
    sealed = [parse(f"{stream} {head}") for stream, head in sorted(values.values["heads"].items())]
    found = [_misfit(one) for one in sealed if one is not None]
    return [one for one in found if one is not None]


def _misfit(anchor: Anchor) -> Finding | None:
    entry = _entry(anchor)
    if entry is None:
        return Finding(anchor.stream, anchor.seq, "is missing, and was there when the anchor was taken")
    # The stored hash is only a claim; what the entry says has to give it.
    if journal.entry_hash(entry.document()) != anchor.hash:
        return Finding(anchor.stream, anchor.seq, "is not the one that the anchor was taken of")
    return None


def _entry(anchor: Anchor) -> Entry | None:
    return db.session.get(Entry, (anchor.stream, anchor.seq))
