"""Reading recommendations, their history, what waits, and what a device has not seen yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select

from app.accounts.identity import actor_of
from app.accounts.models import Account, Device
from app.kernel import journal
from app.kernel.access import Actor
from app.kernel.database import db
from app.kernel.journal import Entry, Touched
from app.meetings.models import Axis, Meeting, Workshop, WorkshopOfficer
from app.recommendations import states
from app.recommendations.models import FieldText, HandOver, Link, Operation, Recommendation, Revision, Variant
from app.territory.models import Body


def find(ident: str) -> Recommendation | None:
    """The recommendation with this id."""
    return db.session.get(Recommendation, ident)


def in_meeting(meeting: Meeting, ident: str) -> Recommendation | None:
    """The recommendation of this meeting with this id."""
    found = find(ident)
    return found if found is not None and found.meeting_id == meeting.id else None


def in_workshop(workshop: Workshop, ident: str) -> Recommendation | None:
    """The recommendation of this workshop with this id."""
    found = find(ident)
    return found if found is not None and found.workshop_id == workshop.id else None


def find_workshop(ident: str) -> Workshop:
    """The workshop with this id, which must exist."""
    return db.session.get_one(Workshop, ident)


def of_workshop(workshop: Workshop, *, all_states: bool = False) -> list[Recommendation]:
    """The list of a workshop in its order, without what was withdrawn or merged (four queries, whatever its length)."""
    chosen = select(Recommendation).where(Recommendation.workshop_id == workshop.id)
    if not all_states:
        gone = (states.TextState.WITHDRAWN, states.TextState.MERGED_INTO)
        chosen = chosen.where(Recommendation.state.not_in(gone))
    return list(db.session.scalars(chosen.order_by(Recommendation.position, Recommendation.serial)))


def of_meeting(meeting: Meeting, *, in_states: Iterable[str] = ()) -> list[Recommendation]:
    """The recommendations of a meeting by workshop and place (four queries, whatever their number)."""
    chosen = select(Recommendation).join(Workshop).where(Recommendation.meeting_id == meeting.id)
    if wanted := list(in_states):
        chosen = chosen.where(Recommendation.state.in_(wanted))
    order = (Workshop.position, Recommendation.position, Recommendation.serial)
    return list(db.session.scalars(chosen.order_by(*order)))


def in_workshops(ids: Iterable[str]) -> list[Recommendation]:
    """The recommendations of these workshops, whatever became of them, by workshop and place."""
    chosen = select(Recommendation).join(Workshop).where(Recommendation.workshop_id.in_(list(ids)))
    order = (Workshop.position, Recommendation.position, Recommendation.serial)
    return list(db.session.scalars(chosen.order_by(*order)))


def workshops(meeting: Meeting) -> list[Workshop]:
    """The workshops of a meeting in their order."""
    return list(
        db.session.scalars(select(Workshop).where(Workshop.meeting_id == meeting.id).order_by(Workshop.position))
    )


def officers(workshop: Workshop) -> list[WorkshopOfficer]:
    """The coordinator and rapporteurs of a workshop, as printed."""
    chosen = select(WorkshopOfficer).where(WorkshopOfficer.workshop_id == workshop.id)
    return list(db.session.scalars(chosen.order_by(WorkshopOfficer.position)))


def axes(meeting: Meeting) -> list[Axis]:
    """The axes of the meeting's programme in their order."""
    return list(
        db.session.scalars(select(Axis).where(Axis.programme_id == meeting.programme_id).order_by(Axis.position))
    )


def axis_at(meeting: Meeting, position: str) -> Axis | None:
    """The axis with this number."""
    return next((axis for axis in axes(meeting) if str(axis.position) == position), None)


def bodies(keys: Iterable[str]) -> dict[str, Body]:
    """The bodies with these codes or ids, by both (one query)."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    rows = list(db.session.scalars(select(Body).where(or_(Body.code.in_(wanted), Body.id.in_(wanted)))))
    return {row.id: row for row in rows} | {row.code: row for row in rows if row.code}


def frozen(workshop_id: str) -> HandOver | None:
    """The hand-over that keeps the workshop's list frozen now, if there is one."""
    return db.session.scalar(
        select(HandOver).where(HandOver.workshop_id == workshop_id, HandOver.reopened_at.is_(None))
    )


def hand_overs(workshop_ids: Iterable[str]) -> list[HandOver]:
    """Every hand-over of these workshops, newest first (one query)."""
    chosen = select(HandOver).where(HandOver.workshop_id.in_(list(workshop_ids)))
    return list(db.session.scalars(chosen.order_by(HandOver.version.desc())))


def handed_over(meeting: Meeting) -> list[Recommendation]:
    """What the workshops handed to the plenary: retained, and the list frozen; by workshop and place."""
    frozen_ids = {
        row.workshop_id for row in hand_overs([one.id for one in workshops(meeting)]) if row.reopened_at is None
    }
    return [row for row in of_meeting(meeting, in_states=("retained",)) if row.workshop_id in frozen_ids]


def field_text(recommendation_id: str, field: str) -> FieldText | None:
    """The text in place of one field."""
    return db.session.get(FieldText, (recommendation_id, field))


def text_at(recommendation_id: str, field: str, rev: int) -> str:
    """What the field said at this revision; empty before the first."""
    chosen = select(Revision.text).where(
        Revision.recommendation_id == recommendation_id, Revision.field == field, Revision.rev == rev
    )
    return db.session.scalars(chosen.order_by(Revision.at.desc())).first() or ""


def revisions(recommendation_id: str) -> list[Revision]:
    """Every text the recommendation had, newest first (one query)."""
    chosen = select(Revision).where(Revision.recommendation_id == recommendation_id)
    return list(db.session.scalars(chosen.order_by(Revision.at.desc(), Revision.rev.desc())))


def all_revisions(ids: Iterable[str]) -> dict[str, list[Revision]]:
    """Every text of several recommendations, oldest first (one query)."""
    found: dict[str, list[Revision]] = {ident: [] for ident in ids}
    chosen = select(Revision).where(Revision.recommendation_id.in_(list(found)))
    for row in db.session.scalars(chosen.order_by(Revision.field, Revision.rev, Revision.at)):
        found[row.recommendation_id].append(row)
    return found


def all_variants(ids: Iterable[str]) -> dict[str, list[Variant]]:
    """Every variant of several recommendations, decided or not, oldest first (one query)."""
    found: dict[str, list[Variant]] = {ident: [] for ident in ids}
    chosen = select(Variant).where(Variant.recommendation_id.in_(list(found)))
    for row in db.session.scalars(chosen.order_by(Variant.field, Variant.at, Variant.text)):
        found[row.recommendation_id].append(row)
    return found


def revision_counts(ids: Iterable[str]) -> dict[str, int]:
    """How many texts each recommendation had (one query)."""
    chosen = select(Revision.recommendation_id, func.count()).where(Revision.recommendation_id.in_(list(ids)))
    return {row[0]: row[1] for row in db.session.execute(chosen.group_by(Revision.recommendation_id))}


def open_variants(ids: Iterable[str]) -> list[Variant]:
    """The wordings that nobody has decided on yet, oldest first (one query)."""
    chosen = select(Variant).where(Variant.recommendation_id.in_(list(ids)), Variant.resolved_at.is_(None))
    return list(db.session.scalars(chosen.order_by(Variant.at, Variant.id)))


def find_variant(recommendation: Recommendation, ident: str) -> Variant | None:
    """A wording of this recommendation, decided or not."""
    found = db.session.get(Variant, ident)
    return found if found is not None and found.recommendation_id == recommendation.id else None


def find_operation(op_id: str) -> Operation | None:
    """The operation with this id."""
    return db.session.get(Operation, op_id)


def waiting_for(ident: str) -> list[Operation]:
    """The operations kept until this recommendation moves on, in the order of their arrival."""
    chosen = select(Operation).where(Operation.waits_for == ident, Operation.state == states.OperationState.WAITING)
    return list(db.session.scalars(chosen.order_by(Operation.at, Operation.device_seq, Operation.op_id)))


def kept_of(workshop: Workshop, author_id: str | None) -> list[Operation]:
    """The operations of an author that are not in the list: refused or waiting, newest first."""
    chosen = select(Operation).where(
        Operation.workshop_id == workshop.id,
        Operation.author_id == author_id,
        Operation.state != states.OperationState.APPLIED,
    )
    return list(db.session.scalars(chosen.order_by(Operation.at.desc())))


def links_of(ids: Iterable[str]) -> list[Link]:
    """The links from or to these recommendations that still hold (one query)."""
    wanted = list(ids)
    chosen = select(Link).where(or_(Link.from_id.in_(wanted), Link.to_id.in_(wanted)), Link.ended_at.is_(None))
    return list(db.session.scalars(chosen.order_by(Link.id)))


def kept_apart(ids: Iterable[str]) -> set[frozenset[str]]:
    """The pairs that somebody said are different recommendations (one query)."""
    return {frozenset({link.from_id, link.to_id}) for link in links_of(ids) if link.kind == "distinct"}


def devices_of(workshop: Workshop) -> list[Device]:
    """The capture devices of a workshop, the last lent first."""
    chosen = select(Device).where(Device.scope == "workshop", Device.scope_id == workshop.id, Device.kind == "capture")
    return list(db.session.scalars(chosen.order_by(Device.created_at.desc())))


@dataclass(frozen=True)
class Author:
    """Who writes, by account: a device speaks for the account that lent it its right."""

    id: str | None
    name: str


def author_of(actor: Actor) -> Author:
    """The person behind an actor."""
    if actor.kind == "device" and actor.id:
        device = db.session.get(Device, actor.id)
        account = db.session.get(Account, device.account_id) if device is not None and device.account_id else None
        return Author(account.id if account else actor.id, (account.name if account else actor.label)[:160])
    return Author(actor.id, actor.label[:160])


def account_actor(account_id: str | None) -> Actor | None:
    """The account as an actor with the roles it holds now; None when there is none, or it is closed."""
    account = db.session.get(Account, account_id) if account_id else None
    return actor_of(account) if account is not None and account.active else None


@dataclass(frozen=True)
class Change:
    """One entry of the journal that touched a recommendation of a workshop."""

    seq: int
    kind: str
    recommendation: str
    fields: Sequence[str]


def changes(meeting: Meeting, workshop: Workshop, since: int) -> list[Change]:
    """Everything after `since` in this workshop, oldest first (two queries)."""
    stream = journal.stream_of(meeting)
    own = select(Recommendation.id).where(Recommendation.workshop_id == workshop.id)
    after = and_(Entry.stream_id == stream, Entry.seq > since)
    rows = db.session.execute(
        select(Entry.seq, Entry.kind, Entry.subject_id, Entry.fields).where(
            after,
            or_(
                and_(Entry.subject_type == "recommendation", Entry.subject_id.in_(own)),
                and_(Entry.subject_type == "workshop", Entry.subject_id == workshop.id),
            ),
        )
    )
    found = [Change(*row) for row in rows]
    touched = db.session.execute(
        select(Entry.seq, Entry.kind, Touched.subject_id, Entry.fields)
        .join(Touched, and_(Touched.stream_id == Entry.stream_id, Touched.seq == Entry.seq))
        .where(after, Touched.subject_type == "recommendation", Touched.subject_id.in_(own))
    )
    found += [Change(*row) for row in touched]
    return sorted(found, key=lambda change: (change.seq, change.recommendation))


def by_ids(ids: Iterable[str]) -> list[Recommendation]:
    """The recommendations with these ids, by workshop order."""
    chosen = select(Recommendation).where(Recommendation.id.in_(sorted(set(ids))))
    return list(db.session.scalars(chosen.order_by(Recommendation.position, Recommendation.serial)))


def counts(meeting: Meeting) -> dict[tuple[str, str], int]:
    """How many recommendations each workshop has in each state (one query)."""
    chosen = select(Recommendation.workshop_id, Recommendation.state, func.count()).where(
        Recommendation.meeting_id == meeting.id
    )
    rows = db.session.execute(chosen.group_by(Recommendation.workshop_id, Recommendation.state))
    return {(row[0], row[1]): row[2] for row in rows}
