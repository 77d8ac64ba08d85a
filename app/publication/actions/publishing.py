"""Publishing the first edition of a meeting: content frozen, hashed and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import update

from app.jobs.actions import enqueue
from app.kernel import journal
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.languages import t
from app.meetings.actions import change_phase, publish_article
from app.meetings.models import Meeting
from app.meetings.states import Phase
from app.publication import queries
from app.publication.canonical import hash_of, hash_text
from app.publication.checklist import blocking, check
from app.publication.models import Edition, EditionText
from app.publication.snapshot import build, header
from app.publication.states import EditionState
from app.recommendations.models import Recommendation

MAKE = "publication.documents"


def publish(*, meeting: Meeting, actor: Actor, clock: Clock) -> Edition:
    """Publish the meeting's first edition: its texts are frozen, its documents are made after the commit.

    The meeting goes from concluded to published; what is missing in translation is allowed and labelled. Refuses with
    `not_ready` and the list of what is missing, and with `published_already` (later editions are corrections).
    Records `edition.published` and `recommendation.published`, both public.
    """
    require(actor, "publication.publish", meeting)
    queries.lock(meeting)
    if queries.next_number(meeting) > 1:
        raise Refusal("published_already")
    points = blocking(check(meeting))
    if points:
        raise Refusal("not_ready", missing=", ".join(t.plain(f"publication.check.{one.code}") for one in points))
    if meeting.published_on is None:
        publish_article(meeting, day=clock.today(meeting.zone), actor=actor, clock=clock)
    edition_header = header(1, zone=meeting.zone, at=clock.now())
    edition = Edition(meeting_id=meeting.id, number=1, changes={}, published_by=actor.id)
    freeze(edition, meeting, build(meeting, edition_header), actor=actor, clock=clock)
    if meeting.phase == Phase.CONCLUDED:
        change_phase(meeting, Phase.PUBLISHED, actor=actor, clock=clock)
    return edition


def freeze(edition: Edition, meeting: Meeting, snapshot: Mapping[str, Any], *, actor: Actor, clock: Clock) -> None:
    """Keep the snapshot with its hashes as the edition, mark its recommendations, queue its documents, record it."""
    edition.state, edition.snapshot, edition.sha256 = EditionState.PUBLISHED, dict(snapshot), hash_of(snapshot)
    edition.published_at = clock.now()
    db.session.add(edition)
    db.session.flush()
    _keep_texts(edition, snapshot["recommendations"])
    fresh = _mark(edition, [item["id"] for item in snapshot["recommendations"]], clock)
    enqueue(MAKE, {"edition": edition.id}, key=job_key(edition))
    values = {"number": edition.number, "sha256": edition.sha256, "erratum": edition.erratum}
    if fresh:
        journal.record(
            "recommendation.published", ("recommendation", fresh[0]), actor=actor, clock=clock, meeting=meeting,
            values={"edition": edition.number}, public=True, ids=fresh,
        )  # fmt: skip
    journal.record("edition.published", edition, actor=actor, clock=clock, meeting=meeting, values=values, public=True)


def job_key(edition: Edition) -> str:
    """The key under which the documents of an edition are made, once."""
    return f"{MAKE}:{edition.id}"


def _keep_texts(edition: Edition, items: Iterable[Mapping[str, Any]]) -> None:
    for item in items:
        for lang, text in item["texts"].items():
            db.session.add(
                EditionText(
                    edition_id=edition.id, recommendation_id=item["id"], lang=lang, text=text["body"],
                    sha256=hash_text(text["body"]),
                )
            )  # fmt: skip


def _mark(edition: Edition, ids: list[str], clock: Clock) -> list[str]:
    """Stamp the recommendations that no edition had before; their ids."""
    fresh = [row.id for row in queries.by_ids(ids) if row.published_at is None]
    if fresh:
        db.session.execute(
            update(Recommendation)
            .where(Recommendation.id.in_(fresh))
            .values(published_at=clock.now())
            .execution_options(synchronize_session="fetch")
        )
    order = {ident: position for position, ident in enumerate(ids)}
    return sorted(fresh, key=lambda ident: order[ident])
