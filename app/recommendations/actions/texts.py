"""Writing one field: the text in place, its revision, and the columns that stand for it in lists."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.text import fold
from app.meetings.models import Meeting
from app.recommendations import queries, states
from app.recommendations.merging import merge
from app.recommendations.models import Addressee, FieldText, Recommendation, Revision, Variant
from app.recommendations.queries import Author


def revision_of(recommendation: Recommendation, field: str) -> int:
    """The number of the text in place; 0 before the first."""
    row = _row(recommendation, field)
    return row.rev if row else 0


def _row(recommendation: Recommendation, field: str) -> FieldText | None:
    return next((row for row in recommendation.texts if row.field == field), None)


def checked(meeting: Meeting, field: str, text: str) -> str:
    """The text as it is kept, bodies by their code; refuses an unknown axis (`choice`) or body (`body_unknown`)."""
    if field == "axis" and text and queries.axis_at(meeting, text) is None:
        raise Refusal("choice", field=field)
    if field != "addressees" or not text:
        return text
    keys = [one.partition(":") for one in text.split()]
    known = queries.bodies(key for key, _, _ in keys if key not in states.GROUPS)
    if any(key not in known and key not in states.GROUPS for key, _, _ in keys):
        raise Refusal("body_unknown", field=field)
    codes = [(known[key].code or key if key in known else key) + colon + role for key, colon, role in keys]
    return " ".join(dict.fromkeys(codes))


def write(
    *, recommendation: Recommendation, meeting: Meeting, field: str, text: str, author: Author, clock: Clock,
    op_id: str | None = None,
) -> bool:  # fmt: skip
    """Put a text in place as the next revision of its field; the same text again changes nothing (False).

    A text in another language than the authentic one becomes a draft translation of the revision it was made from.
    """
    row = _row(recommendation, field)
    if (row.text if row else "") == text:
        return False
    if row is None:
        row = FieldText(recommendation_id=recommendation.id, field=field, rev=0)
        recommendation.texts.append(row)
    row.text, row.rev = text, row.rev + 1
    part, _, lang = field.partition(".")
    if lang and lang != recommendation.authentic:
        row.translation = "draft" if text else ""
        row.based_on = revision_of(recommendation, f"{part}.{recommendation.authentic}")
    db.session.add(
        Revision(
            recommendation_id=recommendation.id, field=field, rev=row.rev, text=text, author_id=author.id,
            author=author.name, at=clock.now(), op_id=op_id,
        )
    )  # fmt: skip
    _mirror(recommendation, meeting, field, text)
    recommendation.changed_at = clock.now()
    return True


def take(
    *, recommendation: Recommendation, meeting: Meeting, field: str, text: str, base_rev: int, author: Author,
    clock: Clock, op_id: str,
) -> Variant | None:  # fmt: skip
    """Take a text written on revision `base_rev`: applied, merged by words, or kept beside the one in place.

    Gives the variant when there is one. Nothing is lost: the text in place keeps its revisions, the incoming one is in
    place, in a merge, or in the variant.
    """
    row = _row(recommendation, field)
    here, rev = (row.text, row.rev) if row else ("", 0)
    if rev != base_rev and text != here:
        base = queries.text_at(recommendation.id, field, base_rev)
        merged = merge(base, here, text) if field in states.MERGED_FIELDS else _unchanged(base, here, text)
        if merged is None or len(merged) > states.longest(field):
            return _keep(recommendation, field, text, base_rev, author, clock)
        text = merged
    write(
        recommendation=recommendation, meeting=meeting, field=field, text=text, author=author, clock=clock, op_id=op_id
    )  # fmt: skip
    return None


def _unchanged(base: str, here: str, text: str) -> str | None:
    """For values that are no prose: the side that changed, None when both did."""
    return here if text == base else text if here == base else None


def _keep(
    recommendation: Recommendation, field: str, text: str, base_rev: int, author: Author, clock: Clock
) -> Variant:  # fmt: skip
    variant = Variant(
        recommendation_id=recommendation.id, field=field, text=text, base_rev=base_rev, author_id=author.id,
        author=author.name, at=clock.now(),
    )  # fmt: skip
    db.session.add(variant)
    db.session.flush()
    recommendation.changed_at = clock.now()
    return variant


def _mirror(recommendation: Recommendation, meeting: Meeting, field: str, text: str) -> None:
    """Keep the columns that lists, filters and later rooms read in step with the field's text."""
    if field in states.TEXT_FIELDS:
        bodies = (row.text for row in recommendation.texts if row.field.partition(".")[0] in {"title", "body"})
        recommendation.folded = fold(" ".join(bodies))
    elif field == "addressees":
        _address(recommendation, text.split())
    elif field == "axis":
        axis = queries.axis_at(meeting, text)
        recommendation.axis = axis
        recommendation.axis_id = axis.id if axis else None
    else:
        setattr(recommendation, field, _value(recommendation, field, text))


def _value(recommendation: Recommendation, field: str, text: str) -> Any:
    if field == "horizon":
        return date.fromisoformat(text) if text else None
    if field in {"flagged", "out_of_scope"}:
        return text == "1"
    return (text or recommendation.authentic) if field == "authentic" else text


def _address(recommendation: Recommendation, codes: list[str]) -> None:
    """The first named body leads; those marked `:support` help."""
    named = {one.split(":")[0]: one for one in codes}
    recommendation.addressee_group = next((code for code in named if code in states.GROUPS), "")
    wanted = {code: whole for code, whole in named.items() if code not in states.GROUPS}
    known = queries.bodies(wanted)
    kept = {row.body_id: row for row in recommendation.addressees}
    rows = []
    for position, (code, whole) in enumerate(wanted.items(), 1):
        row = kept.get(known[code].id) or Addressee(recommendation_id=recommendation.id, body_id=known[code].id)
        row.body = known[code]
        row.role, row.position = "support" if whole.endswith(":support") else "lead", position
        rows.append(row)
    recommendation.addressees = rows
