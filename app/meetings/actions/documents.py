"""The documents of a meeting in the organiser's order, the sealed telegram, and quotations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from sqlalchemy import select

from app.kernel import files
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings import rules
from app.meetings.actions.changes import bring, in_languages, next_position, note, said
from app.meetings.models import Document, Meeting, Quote

KINDS = (
    "recommendations", "strategic_plan", "programme", "telegram", "article", "slides", "photo", "video", "stream",
)  # fmt: skip
VISIBILITIES = ("public", "participants", "organisers")
DOCUMENT = in_languages("title") | {
    "kind", "lang", "url", "text", "signatory", "addressee", "occasion", "day", "sitting_id", "visibility", "file_id",
}  # fmt: skip
QUOTE = in_languages("text", "person") | {"sitting_id", "position"}
KEPT = files.DOCUMENTS + files.IMAGES + ("mp4",)


def save_document(
    meeting: Meeting, document: Document | None, *, fields: Mapping[str, Any], actor: Actor, clock: Clock
) -> Document:
    """Add a document at the end of the order, or change one.

    Refuses with `sealed` a telegram that has been sealed, with `choice` an unknown kind or visibility, and with `url`
    a link that is not http or https.
    """
    _may(meeting, actor)
    if document is not None:
        _not_sealed(document)
    if fields.get("kind", "slides") not in KINDS:
        raise Refusal("choice", field="kind")
    if fields.get("visibility", "public") not in VISIBILITIES:
        raise Refusal("choice", field="visibility")
    if fields.get("url") and not str(fields["url"]).startswith(("https://", "http://")):
        raise Refusal("url", field="url", example="https://")
    row = document or Document(
        meeting_id=meeting.id, kind="", title_ar="", position=next_position(Document, Document.meeting_id == meeting.id)
    )
    changed = bring(row, fields, DOCUMENT)
    if document is None:
        db.session.add(row)
        db.session.flush()
    if changed:
        values = said(row, (name for name in changed if name != "text"))
        kind = "document.added" if document is None else "document.changed"
        note(kind, row, meeting, actor=actor, clock=clock, fields=changed, values=values)
    return row


def attach_file(
    meeting: Meeting, document: Document, stream: BinaryIO, filename: str, *, actor: Actor, clock: Clock
) -> None:  # fmt: skip
    """Give a document its file in place of the one it had. Refuses as `files.store` does, and with `sealed`."""
    _may(meeting, actor)
    _not_sealed(document)
    document.file = files.store(stream, filename, kinds=KEPT)
    note("document.file_attached", document, meeting, actor=actor, clock=clock,
         values={"filename": document.file.filename, "sha256": document.file.sha256})  # fmt: skip


def publish_document(meeting: Meeting, document: Document, *, actor: Actor, clock: Clock) -> None:
    """Let those read a document whom its visibility names. Refuses with `document_empty` one with nothing in it.

    Idempotent: the first moment of publication stays.
    """
    _may(meeting, actor)
    if document.published_at is not None:
        return
    if not (document.file_id or document.url or document.text or document.kind in {"article", "recommendations"}):
        raise Refusal("document_empty", title=document.title_ar)
    document.published_at = clock.now()
    note("document.published", document, meeting, actor=actor, clock=clock, values={"title": document.title_ar})


def withdraw_document(meeting: Meeting, document: Document, *, actor: Actor, clock: Clock) -> None:
    """Take a document out of what others may read; it stays with the organisers. Idempotent."""
    _may(meeting, actor)
    if document.published_at is None:
        return
    document.published_at = None
    note("document.withdrawn", document, meeting, actor=actor, clock=clock, values={"title": document.title_ar})


def move_document(meeting: Meeting, document: Document, *, up: bool, actor: Actor, clock: Clock) -> None:
    """Move a document one place up or down in the order; at the end it stays where it is."""
    _may(meeting, actor)
    same = Document.kind == "stream" if document.kind == "stream" else Document.kind != "stream"
    rows = list(
        db.session.scalars(
            select(Document).where(Document.meeting_id == meeting.id, same).order_by(Document.position, Document.id)
        )
    )
    at = rows.index(document)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        return
    rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows, 1):
        row.position = position
    note("document.moved", document, meeting, actor=actor, clock=clock, values={"position": to + 1})


def seal_telegram(meeting: Meeting, document: Document, *, actor: Actor, clock: Clock) -> None:
    """Seal the telegram: from now on nobody changes a letter of it. Idempotent.

    Refuses with `not_telegram` another kind, and with `telegram_needs` one without text or signatory.
    """
    _may(meeting, actor)
    if document.sealed_at is not None:
        return
    if document.kind != "telegram":
        raise Refusal("not_telegram")
    if not (document.text and document.signatory):
        raise Refusal("telegram_needs", field="text")
    document.sealed_at = clock.now()
    note("document.sealed", document, meeting, actor=actor, clock=clock)


def remove_document(meeting: Meeting, document: Document, *, actor: Actor, clock: Clock) -> None:
    """Remove a document. Refuses with `sealed` a sealed telegram."""
    _may(meeting, actor)
    _not_sealed(document)
    note("document.removed", document, meeting, actor=actor, clock=clock, values={"title": document.title_ar})
    db.session.delete(document)
    db.session.flush()


def save_quote(
    meeting: Meeting, quote: Quote | None, *, fields: Mapping[str, Any], actor: Actor, clock: Clock
) -> Quote:  # fmt: skip
    """Add a quotation, or change one."""
    _may(meeting, actor)
    row = quote or Quote(
        meeting_id=meeting.id, text_ar="", person_ar="", position=next_position(Quote, Quote.meeting_id == meeting.id)
    )
    changed = bring(row, fields, QUOTE)
    if quote is None:
        db.session.add(row)
        db.session.flush()
    if changed:
        note("quote.saved", row, meeting, actor=actor, clock=clock, fields=changed)
    return row


def remove_quote(meeting: Meeting, quote: Quote, *, actor: Actor, clock: Clock) -> None:
    """Remove a quotation."""
    _may(meeting, actor)
    note("quote.removed", quote, meeting, actor=actor, clock=clock)
    db.session.delete(quote)
    db.session.flush()


def _may(meeting: Meeting, actor: Actor) -> None:
    require(actor, "meetings.edit", meeting)
    rules.require_phase(meeting, "documents")


def _not_sealed(document: Document) -> None:
    if document.sealed_at is not None:
        raise Refusal("sealed")
