"""Programmes: what they say, their axes, tracks and partners, and the communes they target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.kernel.access import Actor, may, require
from app.kernel.clock import Clock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.actions.changes import LANGS, bring, in_languages, note, said
from app.meetings.models import Axis, Meeting, Membership, Programme, ProgrammePartner, Track, Workshop
from app.territory import queries as territory
from app.territory.models import Body

FIELDS = in_languages("name", "criteria", "extension", "coordinator", "membership_note") | {
    "acronym", "launch_year", "years", "starts_on", "ends_on", "owner_id", "announced_communes", "objectives",
    "capacity_fields", "beneficiaries", "phases", "track_words",
}  # fmt: skip


@dataclass
class Imported:
    """What an import of target communes did: added, there already, and the lines that name no single commune."""

    added: int = 0
    same: int = 0
    unknown: list[tuple[int, str]] = field(default_factory=list)


def create_programme(*, slug: str, fields: Mapping[str, Any], actor: Actor, clock: Clock) -> Programme:
    """Make a programme. Refuses with `slug_taken`."""
    require(actor, "meetings.create")
    if db.session.scalar(select(Programme.id).where(Programme.slug == slug)):
        raise Refusal("slug_taken", field="slug", slug=slug)
    programme = Programme(slug=slug, name_ar="")
    changed = bring(programme, fields, FIELDS)
    db.session.add(programme)
    db.session.flush()
    note("programme.created", programme, None, actor=actor, clock=clock, values=said(programme, changed))
    return programme


def edit_programme(
    programme: Programme, *, fields: Mapping[str, Any], meeting: Meeting, actor: Actor, clock: Clock
) -> None:  # fmt: skip
    """Change what the programme says of itself. Refuses with `date_order`. Recorded in the meeting's stream."""
    _may(programme, meeting, actor)
    changed = bring(programme, fields, FIELDS)
    if programme.starts_on and programme.ends_on and programme.ends_on < programme.starts_on:
        raise Refusal("date_order", field="ends_on")
    if changed:
        note("programme.changed", programme, meeting, actor=actor, clock=clock, fields=changed,
             values=said(programme, changed))  # fmt: skip


def set_axes(
    programme: Programme, titles: Sequence[Mapping[str, str]], *, meeting: Meeting, actor: Actor, clock: Clock
) -> None:  # fmt: skip
    """Set the ordered axes. Refuses with `axis_used` to drop one to which a recommendation points."""
    _may(programme, meeting, actor)
    try:
        with db.session.begin_nested():
            _titles(programme.axes, titles, lambda: Axis(programme_id=programme.id, title_ar="", position=0))
    except IntegrityError as error:
        raise Refusal("axis_used", field="axes") from error
    note("programme.axes_set", programme, meeting, actor=actor, clock=clock, values={"count": len(titles)})


def set_tracks(
    programme: Programme, titles: Sequence[Mapping[str, str]], *, meeting: Meeting, actor: Actor, clock: Clock
) -> None:  # fmt: skip
    """Set the ordered tracks. Refuses with `track_used` to drop a track that has a workshop."""
    _may(programme, meeting, actor)
    dropped = [track.id for track in programme.tracks[len(titles) :]]
    if dropped and db.session.scalar(select(Workshop.id).where(Workshop.track_id.in_(dropped)).limit(1)):
        raise Refusal("track_used", field="tracks")
    _titles(programme.tracks, titles, lambda: Track(programme_id=programme.id, title_ar="", position=0))
    note("programme.tracks_set", programme, meeting, actor=actor, clock=clock, values={"count": len(titles)})


def _titles(rows: list[Any], titles: Sequence[Mapping[str, str]], make: Any) -> None:
    del rows[len(titles) :]
    rows.extend(make() for _ in range(len(titles) - len(rows)))
    for position, (row, words) in enumerate(zip(rows, titles, strict=True), 1):
        row.position = position
        for lang in LANGS:
            setattr(row, f"title_{lang}", words.get(lang, ""))
    db.session.flush()


def set_partners(
    programme: Programme, bodies: Sequence[Body], *, meeting: Meeting, actor: Actor, clock: Clock
) -> None:  # fmt: skip
    """Set the partners in their order."""
    _may(programme, meeting, actor)
    programme.partners[:] = [
        ProgrammePartner(programme_id=programme.id, body_id=body.id, body=body, position=position)
        for position, body in enumerate(bodies, 1)
    ]
    db.session.flush()
    note("programme.partners_set", programme, meeting, actor=actor, clock=clock,
         values={"partners": [body.code for body in bodies]})  # fmt: skip


def add_members(
    programme: Programme, bodies: Iterable[Body], *, meeting: Meeting | None, joined_on: date | None = None,
    cohort: str = "", source: str = "", actor: Actor, clock: Clock,
) -> int:  # fmt: skip
    """Add target communes and give how many were new; one that had left comes back. Idempotent, one entry."""
    _may(programme, meeting, actor)
    there = {row.body_id: row for row in _rows(programme)}
    fresh = []
    for body in {body.id: body for body in bodies}.values():
        row = there.get(body.id)
        if row is None:
            db.session.add(Membership(programme_id=programme.id, body_id=body.id, joined_on=joined_on, cohort=cohort,
                                      source=source))  # fmt: skip
            fresh.append(body)
        elif row.left_on is not None:
            row.left_on = None
            fresh.append(body)
    db.session.flush()
    if fresh:
        note("programme.members_added", programme, meeting, actor=actor, clock=clock,
             values={"codes": [body.code for body in fresh], "cohort": cohort, "source": source})  # fmt: skip
    return len(fresh)


def import_members(
    programme: Programme, text: str, *, meeting: Meeting, joined_on: date | None = None, cohort: str = "",
    source: str = "", actor: Actor, clock: Clock,
) -> Imported:  # fmt: skip
    """Add the communes of a pasted list or CSV file: one a line, by code or by name, in any spelling.

    A line is a code, a name, or a row whose first column is one of them; a province in the second column decides
    between homonyms. Lines that name no single commune are given back with their number, and nothing is guessed.
    """
    _may(programme, meeting, actor)
    done, bodies = Imported(), []
    index = territory.matcher()
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip().strip('"') for cell in re.split(r"[\t;,]", line)]
        if not cells[0] or (number == 1 and cells[0].casefold() in {"code", "commune", "الجماعة", "جماعة", "name"}):
            continue
        match = index.match(cells[0], province=cells[1] if len(cells) > 1 else None)
        body = match.body
        if match.kind not in {"code", "exact", "alias"} or body is None or body.kind != "commune":
            done.unknown.append((number, line.strip()[:120]))
            continue
        bodies.append(body.id)
    rows = [row for ident in dict.fromkeys(bodies) if (row := territory.find_body(ident))]
    done.added = add_members(
        programme, rows, meeting=meeting, joined_on=joined_on, cohort=cohort, source=source, actor=actor, clock=clock
    )
    done.same = len(bodies) - done.added
    return done


def remove_member(
    programme: Programme, body: Body, *, day: date, meeting: Meeting, actor: Actor, clock: Clock
) -> None:  # fmt: skip
    """Let a commune leave the programme on a day; what it was stays in the list of before. Idempotent."""
    _may(programme, meeting, actor)
    row = next((row for row in _rows(programme) if row.body_id == body.id), None)
    if row is None or row.left_on is not None:
        return
    row.left_on = day
    note("programme.member_left", programme, meeting, actor=actor, clock=clock,
         values={"code": body.code, "day": day.isoformat()})  # fmt: skip


def _rows(programme: Programme) -> list[Membership]:
    return list(db.session.scalars(select(Membership).where(Membership.programme_id == programme.id)))


def _may(programme: Programme, meeting: Meeting | None, actor: Actor) -> None:
    """An organiser works on the programme through a meeting of it; the programme unit needs none."""
    if meeting is not None and meeting.programme_id != programme.id:
        raise Refusal("not_allowed", status=403)
    things = [programme] if meeting is None else [programme, meeting]
    if not may("meetings.programme", *things, actor=actor):
        raise Refusal("not_allowed", status=403)
