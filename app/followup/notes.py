"""The note for the council of a body: one page with its numbers and its commitments, as PDF."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask import url_for

from app.followup import derived
from app.followup.queries.bodies import DONE, LATE, OTHER, Mine, Own
from app.followup.spoken import name_of
from app.kernel.languages import current_language, format_date, list_join, months, t
from app.meetings.models import Meeting
from app.paper.pdf import render
from app.paper.words import page_pattern, printed_line
from app.territory.models import Body

GLYPHS = {derived.CLOSED: "none", derived.NA: "na"}


def note_name(meeting: Meeting, body: Body) -> str:
    """The name of the file."""
    return f"{meeting.slug}-{body.code or 'note'}.pdf"


def sentence(page: Mine) -> str:
    """The first sentence of a body's page: how many, late, due soon, waiting for an answer."""
    return list_join(
        [
            t.plain("count.commitments", count=page.total),
            t.plain("mine.late", count=len(page.group("late"))),
            t.plain("mine.due_soon", count=page.soon),
            t.plain("mine.awaiting", count=page.silent),
        ]
    )


def note_pdf(meeting: Meeting, page: Mine, now: datetime) -> bytes:
    """Make the note; late commitments first, then the others by date, what is done last."""
    lang = current_language()
    title = f"{t.plain('paper.one_pager')} · {name_of(page.body)}"
    return render("onepager", note_data(meeting, page, now), lang=lang, title=title, made=now)


def note_data(meeting: Meeting, page: Mine, now: datetime) -> dict[str, Any]:
    """What the template `onepager` takes (app.paper.shapes.OnePager)."""
    live = url_for("followup.commune", slug=meeting.slug, body_code=page.body.code, _external=True)
    lang = current_language()
    rows = sorted((row for row in page.rows if row.group != OTHER), key=_order)
    return {
        "org": name_of(page.body), "kicker": t.plain("paper.one_pager"),
        "title": t.plain("followup.note.title", meeting=name_of(meeting, "short") or name_of(meeting, "title")),
        "sentence": sentence(page),
        "counts": [
            _count(page.verified, page.total, "work.verified_done", "verified"),
            _count(len(page.group("late")), None, "derived.overdue", "late"),
            _count(sum(row.kind == derived.BLOCKED for row in page.rows), None, "work.blocked", "blocked"),
            _count(page.silent, None, "response.silent", "silent"),
        ],
        "columns": {
            "number": t.plain("followup.col.number"), "text": t.plain("followup.col.recommendation"),
            "status": t.plain("followup.col.state"), "due": t.plain("followup.col.current_due"),
        },
        "rows": [_row(row) for row in rows],
        "note": t.plain("chart.verified"), "live": t.plain("paper.live_page", url=live), "qr": live,
        "printed": printed_line(now, lang=lang, zone=meeting.zone), "page": page_pattern(lang),
    }  # fmt: skip


def _order(row: Own) -> tuple[int, date]:
    place = 0 if row.group == LATE else 2 if row.group == DONE else 1
    return place, row.commitment.current_due or date.max


def _count(value: int, total: int | None, key: str, glyph: str) -> dict[str, Any]:
    found: dict[str, Any] = {"value": str(value), "label": t.plain(key), "glyph": glyph}
    if total is not None:
        found["total"] = t.plain("followup.out_of", total=total)
    return found


def _row(row: Own) -> dict[str, Any]:
    found = {
        "number": row.line.ref, "text": name_of(row.line, "title"), "status": t.plain(row.word),
        "glyph": GLYPHS.get(row.kind, row.kind),
    }  # fmt: skip
    if row.commitment.current_due:
        found["due"] = format_date(row.commitment.current_due)
    if row.late:
        found["late"] = months(row.months_late)
    if row.commitment.unblock_by:
        found["next"] = t.plain("tracker.unblock", body=row.commitment.unblock_by)
    return found
