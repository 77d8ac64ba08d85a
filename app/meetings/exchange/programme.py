"""The programme of a meeting's file, and the bodies that the file names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app.kernel.database import db
from app.kernel.errors import Refusal
from app.meetings.exchange import dumping
from app.meetings.exchange.filling import fill
from app.meetings.exchange.refs import References
from app.meetings.models import Axis, Membership, Programme, ProgrammePartner, Track
from app.territory import queries as territory


def load_programme(told: dict[str, Any], meeting: dict[str, Any], refs: References) -> Programme:
    """The programme with the file's address: as it is when it is there, else made from the file.

    Names its tracks, its axes and every body of the file in `refs`. Refuses with `exchange_body`.
    """
    codes = [told.get("owner"), *told["partners"], *(row["body"] for row in told["members"])]
    codes += [meeting.get(name) for name in ("commune", "organiser", "host")]
    wanted = {code for code in codes if code}
    found = territory.bodies_by_code(wanted)
    if missing := sorted(wanted - set(found)):
        raise Refusal("exchange_body", count=len(missing), codes=", ".join(missing[:10]))
    for code, body in found.items():
        refs.name("body", code, body)
    programme = db.session.scalar(select(Programme).where(Programme.slug == told["slug"])) or _make(told, refs)
    for track in programme.tracks:
        refs.name("track", track.position, track)
    for axis in programme.axes:
        refs.name("axis", axis.position, axis)
    return programme


def _make(told: dict[str, Any], refs: References) -> Programme:
    programme = fill(Programme(), told, dumping.PROGRAMME_TEXTS, dumping.PROGRAMME_PLAIN)
    programme.owner = refs.row("body", told.get("owner"))
    programme.partners = [
        ProgrammePartner(body=refs.row("body", code), position=position)
        for position, code in enumerate(told["partners"], 1)
    ]
    programme.axes = [fill(Axis(position=at), {"title": one}, ("title",), ()) for at, one in enumerate(told["axes"], 1)]
    programme.tracks = [
        fill(Track(position=at), {"title": one}, ("title",), ()) for at, one in enumerate(told["tracks"], 1)
    ]
    db.session.add(programme)
    db.session.flush()
    for row in told["members"]:
        member = Membership(programme_id=programme.id, body_id=refs.ident("body", row["body"]))
        db.session.add(fill(member, row, (), ("joined_on", "left_on", "cohort", "source")))
    db.session.flush()
    return programme  # type: ignore[no-any-return]
