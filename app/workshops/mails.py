"""The mails of this room: one's own places, and a seat that became free."""

from __future__ import annotations

from app.jobs.mail import queue_mail
from app.kernel.clock import Clock, to_wall
from app.kernel.languages import format_datetime, pick, speaking, t
from app.meetings.models import Meeting, Room, Workshop
from app.participants.models import Participant
from app.participants.queries import links
from app.workshops.models import SeatOffer
from app.workshops.queries.own import OwnPlace, own_places, when
from app.workshops.queries.slots import slots


def assignment(participant: Participant, clock: Clock, *, key: str) -> None:
    """One's own list of places, with the reason of each; people without an address find it on their page."""
    if not participant.email:
        return
    with speaking(participant.language):
        found = own_places(participant)
        if not found:
            return
        values = _values(participant) | {"places": found, "lines": [_line(one) for one in found]}
        subject = {"workshop": found[0].title}
    queue_mail(
        to=participant.email, name=participant.name, template="workshops/assignment", language=participant.language,
        values=values, clock=clock, subject_key="mail.assignment.subject", subject_values=subject, key=key,
        meeting=participant.meeting,
    )  # fmt: skip


def _line(place: OwnPlace) -> str:
    return t.plain("mail.assignment.first", workshop=place.title, room=place.room, when=place.when)


def seat_offered(participant: Participant, workshop: Workshop, offer: SeatOffer, clock: Clock) -> None:
    """A seat is free in a workshop wished for; the link leads to the answer."""
    lang, meeting = participant.language, participant.meeting
    with speaking(lang):
        title = pick(workshop, "title", lang)[0]
        until = format_datetime(to_wall(offer.until, meeting.zone), lang=lang)
        first = t.plain("mail.workshop_seat.first", workshop=title, rank=offer.rank, date=until)
    path = f"r/{links.participant_token(participant)}/seat/{offer.id}"
    queue_mail(
        to=participant.email, name=participant.name, template="workshops/seat", language=lang,
        values=_values(participant) | {"first": first, "answer_url": links.address(lang, path)}, clock=clock,
        subject_key="mail.workshop_seat.subject", subject_values={"workshop": title}, key=f"seat:{offer.id}",
        meeting=meeting,
    )  # fmt: skip


def room_changed(
    participant: Participant, workshop: Workshop, before: Room, slot: str, clock: Clock, *, key: str
) -> None:
    """The workshop is the same, the room another."""
    if not participant.email:
        return
    lang = participant.language
    with speaking(lang):
        title = pick(workshop, "title", lang)[0]
        sittings = next((one.of(workshop.id) for one in slots(participant.meeting) if one.id == slot), [])
        first = t.plain(
            "mail.moved.first", workshop=title, room=pick(workshop.room, "name", lang)[0],
            old_room=pick(before, "name", lang)[0], when=when(sittings),
        )  # fmt: skip
    queue_mail(
        to=participant.email, name=participant.name, template="workshops/room", language=lang,
        values=_values(participant) | {"first": first}, clock=clock, subject_key="mail.moved.subject",
        subject_values={"workshop": title}, key=key, meeting=participant.meeting,
    )  # fmt: skip


def _values(participant: Participant) -> dict[str, object]:
    meeting, form = participant.meeting, participant.address_form
    return {
        "title": meeting_name(meeting, participant.language), "url": links.own_page(participant),
        "contact": meeting.contact_email,
        "honorific": t.plain(f"honorific.{form}", lang=participant.language) if form in ("m", "f") else "",
    }  # fmt: skip


def meeting_name(meeting: Meeting, lang: str) -> str:
    """The short name of a meeting."""
    return pick(meeting, "short", lang)[0] or pick(meeting, "title", lang)[0]
