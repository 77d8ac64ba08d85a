"""An edition of both meetings with one text and one document, and a correction that waits in both."""

from __future__ import annotations

from app.kernel.clock import current_clock
from app.kernel.database import db, new_id
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.publication.canonical import hash_of
from app.publication.models import Edition, EditionFile
from app.publication.snapshot import build as snapshot_of
from app.publication.snapshot import header
from app.recommendations.models import FieldText, Recommendation
from tests.world import MADE, World

NUMBER = 801


def build(world: World) -> None:
    """Published without leaving the phase that the rows of other rooms need."""
    for name in ("agadir", "fes"):
        with transaction():
            _build(world, name)


def _build(world: World, name: str) -> None:
    meeting = db.session.get(Meeting, world.things[name])
    assert meeting is not None
    row = Recommendation(
        id=new_id(), meeting_id=meeting.id, workshop_id=world.things[f"{name}.W1"], serial=NUMBER, position=NUMBER,
        state="adopted", number=NUMBER, created_at=MADE, changed_at=MADE, decided_at=MADE, published_at=MADE,
    )  # fmt: skip
    row.texts = [FieldText(field="body.ar", text="نشر الدليل.", rev=1)]
    db.session.add(row)
    db.session.flush()
    snapshot = snapshot_of(meeting, header(1, zone=meeting.zone, at=MADE))
    edition = Edition(meeting_id=meeting.id, number=1, changes={}, snapshot=snapshot, sha256=hash_of(snapshot),
                      published_at=MADE)  # fmt: skip
    waiting = Edition(meeting_id=meeting.id, number=2, state="prepared", snapshot={}, sha256="", erratum="صُحح.",
                      reason="خطأ", prepared_at=MADE, prepared_by="فلان",
                      changes={"texts": {row.id: {"body.ar": "نص آخر."}}, "by": []})  # fmt: skip
    db.session.add_all([edition, waiting])
    db.session.flush()
    made_at = current_clock().now()
    db.session.add(EditionFile(edition_id=edition.id, kind="csv", lang="mul", content=b"a", size=1, sha256="0" * 64,
                               made_at=made_at))  # fmt: skip


def values(world: World, name: str) -> dict[str, str]:
    """What the addresses of the publication hold on one side."""
    return {
        "serial": str(NUMBER), "edition_number": "1", "file_kind": "csv", "file_lang": "mul", "draft_kind": "docx",
        "draft_lang": "ar",
    }  # fmt: skip
