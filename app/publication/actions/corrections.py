"""Correcting what is published: a new edition with an erratum, prepared by one person and approved by another."""

from __future__ import annotations

from collections.abc import Mapping

from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db, new_id
from app.kernel.errors import NotFound, Refusal
from app.kernel.text import clean, clean_multiline
from app.meetings.models import Meeting
from app.publication import freezing, queries, rules
from app.publication.actions.publishing import freeze
from app.publication.models import Edition
from app.publication.snapshot import corrected, header
from app.publication.states import LANGUAGES, EditionState
from app.recommendations.models import FieldText, Recommendation, Revision

FIELDS = frozenset(f"{part}.{lang}" for part in ("title", "body") for lang in LANGUAGES)


def prepare(
    *, meeting: Meeting, recommendation: Recommendation, texts: Mapping[str, str], erratum: str, reason: str,
    actor: Actor, clock: Clock,
) -> Edition:  # fmt: skip
    """Prepare a correction of one recommendation, or add it to the correction that waits; nothing public changes yet.

    `texts` is {"body.ar": text}; what is not different is left out. Refuses with `not_found` what is not published,
    `nothing_changed`, `text_missing` (a text is corrected, never emptied), `erratum_missing` and `reason_missing`.
    """
    require(actor, "publication.correct", meeting)
    edition = queries.latest(meeting)
    if edition is None or recommendation.meeting_id != meeting.id or recommendation.published_at is None:
        raise NotFound
    changed = _changed(edition, recommendation, texts)
    for field, words in (("erratum", erratum), ("reason", reason)):
        if not words.strip():
            raise Refusal(f"{field}_missing", field=field)
    waiting = queries.prepared(meeting) or Edition(
        id=new_id(), meeting_id=meeting.id, number=edition.number + 1, state=EditionState.PREPARED, snapshot={},
        sha256="", changes={},
    )  # fmt: skip
    known = waiting.changes
    waiting.changes = {
        "texts": {**known.get("texts", {}), recommendation.id: changed},
        "by": sorted({*known.get("by", []), str(actor.id)}),
    }
    waiting.erratum, waiting.reason = clean_multiline(erratum), clean_multiline(reason)
    waiting.prepared_at, waiting.prepared_by, waiting.published_by = clock.now(), actor.label[:160], actor.id
    db.session.add(waiting)
    values = {"number": waiting.number, "erratum": waiting.erratum, "reason": waiting.reason, "texts": changed}
    journal.record(
        "edition.prepared", waiting, actor=actor, clock=clock, meeting=meeting, fields=sorted(changed), values=values
    )
    return waiting


def _changed(edition: Edition, recommendation: Recommendation, texts: Mapping[str, str]) -> dict[str, str]:
    """The wordings that differ from the edition in force."""
    item = next((one for one in edition.snapshot["recommendations"] if one["id"] == recommendation.id), None)
    if item is None:
        raise NotFound
    found = {}
    for field, words in texts.items():
        part, _, lang = field.partition(".")
        if field not in FIELDS:
            raise Refusal("choice", field=field)
        before = item["texts"].get(lang, {}).get(part, "")
        after = clean_multiline(words) if part == "body" else clean(words)
        if after == before:
            continue
        if not after and part == "body":
            raise Refusal("text_missing", field=field)
        found[field] = after
    if not found:
        raise Refusal("nothing_changed")
    return found


def withdraw(*, meeting: Meeting, actor: Actor, clock: Clock) -> None:
    """Drop the correction that waits; the journal keeps what it was. Refuses with `not_found` when there is none."""
    require(actor, "publication.correct", meeting)
    waiting = queries.prepared(meeting)
    if waiting is None:
        raise NotFound
    values = {"number": waiting.number, "erratum": waiting.erratum, "changes": waiting.changes}
    journal.record("edition.withdrawn", waiting, actor=actor, clock=clock, meeting=meeting, values=values)
    db.session.delete(waiting)


def approve(*, meeting: Meeting, actor: Actor, clock: Clock) -> Edition:
    """Publish the correction that waits as a new edition; the one before stays readable at its address.

    Refuses with `not_found` when none waits and with `second_person` whoever prepared it. The texts in place take the
    new wording, each with a revision; records `recommendation.corrected` and `edition.published`, both public.
    """
    require(actor, "publication.approve", meeting)
    queries.lock(meeting)
    waiting, before = queries.prepared(meeting), queries.latest(meeting)
    if waiting is None or before is None:
        raise NotFound
    rules.require_second(waiting, actor)
    changes: Mapping[str, Mapping[str, str]] = waiting.changes["texts"]
    _write(changes, waiting, actor, clock)
    waiting.approved_by, waiting.number = actor.id, before.number + 1
    ids = sorted(changes)
    edition_header = header(
        waiting.number, zone=meeting.zone, at=clock.now(), erratum=waiting.erratum, reason=waiting.reason,
        previous=before.sha256, corrected=ids,
    )  # fmt: skip
    journal.record(
        "recommendation.corrected", ("recommendation", ids[0]), actor=actor, clock=clock, meeting=meeting,
        values={"edition": waiting.number, "erratum": waiting.erratum}, public=True, ids=ids,
    )  # fmt: skip
    freeze(waiting, meeting, corrected(before.snapshot, edition_header, changes), actor=actor, clock=clock)
    return waiting


def _write(changes: Mapping[str, Mapping[str, str]], edition: Edition, actor: Actor, clock: Clock) -> None:
    """Put the corrected wording in place, with its revision."""
    with freezing.thawed():
        for row in queries.by_ids(changes):
            for field, text in changes[row.id].items():
                there = next((one for one in row.texts if one.field == field), None)
                if there is None:
                    there = FieldText(field=field, text="", rev=0, translation="draft")
                    row.texts.append(there)
                there.text, there.rev, row.rev, row.changed_at = text, there.rev + 1, row.rev + 1, clock.now()
                db.session.add(
                    Revision(
                        id=new_id(), recommendation_id=row.id, field=field, rev=there.rev, text=text,
                        author_id=edition.published_by, author=edition.prepared_by, at=clock.now(),
                    )
                )  # fmt: skip
        db.session.flush()
