"""The meeting itself, its sittings, rooms, workshops, documents, quotations and bodies."""

from __future__ import annotations

import io
from datetime import date

from sqlalchemy import select

from app.kernel import files
from app.kernel.database import db
from app.kernel.transaction import transaction
from app.meetings.models import Document, Meeting, Quote, Sitting
from app.territory.models import DayOff
from tests.conftest import NOON
from tests.world import World

BODIES = {"agadir": "09.001.01.01", "fes": "03.231.01.0"}
DAY_OFF = date(2022, 3, 23)
PROGRAMMES = {"agadir": "papc", "fes": "pdr"}


def build(world: World) -> None:
    """A published document with a file, and a quotation, in both meetings."""
    with transaction():
        for name in BODIES:
            meeting = world.things[name]
            file = files.store(io.BytesIO(b"%PDF-1.7 plan"), "plan.pdf")
            db.session.add(Document(meeting_id=meeting, kind="strategic_plan", title_ar="المخطط", published_at=NOON,
                                    file_id=file.id))  # fmt: skip
            db.session.merge(
                DayOff(day=DAY_OFF, name_ar="عطلة", name_fr="Congé", kind="exceptional", status="estimated")
            )
            db.session.add(Quote(meeting_id=meeting, text_ar="قول", person_ar="السيد الوالي"))


def values(world: World, name: str) -> dict[str, str]:
    """The first sitting, workshop, document and quotation of the meeting."""
    meeting = world.things[name]
    with transaction(writes=False):
        slug = db.session.get_one(Meeting, meeting).slug
        first = {model: db.session.scalars(select(model.id).where(model.meeting_id == meeting)).first()
                 for model in (Sitting, Document, Quote)}  # fmt: skip
    return {
        "slug": slug, "workshop_code": "W1", "sitting_id": str(first[Sitting]), "body_code": BODIES[name],
        "programme_slug": PROGRAMMES[name], "document_id": str(first[Document]), "quote_id": str(first[Quote]),
        "room_id": world.things[f"{name}.hall"], "act": "remove", "phase": "closed",
        "day_off": DAY_OFF.isoformat(),
    }  # fmt: skip
