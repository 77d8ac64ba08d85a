"""Finding meetings."""

from __future__ import annotations

from sqlalchemy import bindparam, select, true
from sqlalchemy.orm import joinedload

from app.kernel.database import db
from app.meetings.models import Category, Meeting, Programme
from app.meetings.states import Phase

# One query brings what a list of meetings names: programme, city, organiser, host.
_WHOLE = (
    joinedload(Meeting.programme), joinedload(Meeting.commune), joinedload(Meeting.organiser), joinedload(Meeting.host),
)  # fmt: skip


# Asked by every page and every scan of a meeting: built once, and alone, for hardly any of them names the others.
_BY_SLUG = select(Meeting).where(Meeting.slug == bindparam("slug"))


def find_meeting(slug: str) -> Meeting | None:
    """The meeting at this address (one query; its programme, city, organiser and host when they are asked for)."""
    return db.session.scalar(_BY_SLUG, {"slug": slug})


def find_meeting_by_id(ident: str) -> Meeting | None:
    """The meeting with this id, with its programme, city, organiser and host (one query)."""
    return db.session.scalar(select(Meeting).where(Meeting.id == ident).options(*_WHOLE))


def meetings(*, drafts: bool = False) -> list[Meeting]:
    """Every meeting, the latest first; those in preparation only when asked for."""
    shown = true() if drafts else Meeting.phase != Phase.DRAFT
    return list(db.session.scalars(select(Meeting).where(shown).options(*_WHOLE).order_by(Meeting.starts_on.desc())))


def meetings_of(programme: Programme, *, drafts: bool = False) -> list[Meeting]:
    """The meetings of a programme, the latest first."""
    shown = true() if drafts else Meeting.phase != Phase.DRAFT
    return list(
        db.session.scalars(
            select(Meeting).where(Meeting.programme_id == programme.id, shown).options(joinedload(Meeting.commune))
            .order_by(Meeting.starts_on.desc())
        )
    )  # fmt: skip


def latest_meeting() -> Meeting | None:
    """The meeting that begins last of those the public may see."""
    return next(iter(meetings()), None)


def categories(meeting: Meeting) -> list[Category]:
    """The meeting's categories of participants in its order of precedence."""
    return list(
        db.session.scalars(
            select(Category).where(Category.meeting_id == meeting.id).order_by(Category.position, Category.code)
        )
    )
