"""The mails of this room: what each holds, and what goes with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.jobs.mail import Attachment, queue_mail
from app.kernel.clock import Clock
from app.kernel.languages import date_range, format_date, pick, t
from app.meetings.models import Meeting
from app.paper.qr import qr_png
from app.participants.calendars import own_calendar
from app.participants.models import Invitation, Participant
from app.participants.queries import links
from app.participants.queries.places import waiting_place

ICS = "text/calendar; charset=utf-8; method={}"


def code_shown(code: str) -> str:
    """A code as people read it: 7K3M-PX9D."""
    return f"{code[:4]}-{code[4:]}" if len(code) == 8 else code


def confirmation(participant: Participant, clock: Clock, *, key: str) -> None:
    """The confirmation: facts in text, the QR code and the calendar entry attached."""
    _send(participant, clock, "participants/confirmation", "mail.confirmation", key=key, papers=True)


def seat_freed(participant: Participant, clock: Clock, *, key: str) -> None:
    """A place became free: the same as a confirmation, with the news first."""
    _send(participant, clock, "participants/confirmation", "mail.seat_freed", key=key, papers=True)


def waiting(participant: Participant, clock: Clock, *, key: str) -> None:
    """The place on the waiting list."""
    rank = waiting_place(participant) or 0
    _send(participant, clock, "participants/waiting", "mail.waiting", key=key, first={"rank": rank})


def pending(participant: Participant, clock: Clock, *, key: str) -> None:
    """The request has come and waits for approval."""
    _send(participant, clock, "participants/pending", "mail.pending", key=key)


def declined(participant: Participant, clock: Clock, *, key: str) -> None:
    """The organisers could not give a place."""
    _send(participant, clock, "participants/ended", "mail.declined", key=key, cancels=True)


def cancelled(participant: Participant, clock: Clock, *, key: str) -> None:
    """The registration is cancelled; the calendar entry goes with it."""
    _send(participant, clock, "participants/ended", "mail.registration_cancelled", key=key, cancels=True)


def changed(participant: Participant, clock: Clock, *, key: str) -> None:
    """What the registration says was changed."""
    _send(participant, clock, "participants/confirmation", "mail.changed", key=key, papers=participant.holds_seat)


def delegation(titular: Participant, delegate: Participant, clock: Clock, *, key: str) -> None:
    """Both are told: the delegate with code and calendar, the titular with the way back."""
    first = {"name": titular.name}
    _send(delegate, clock, "participants/confirmation", "mail.delegation", key=f"{key}:delegate", papers=True,
          first=first)  # fmt: skip
    until = format_date(titular.meeting.starts_on, lang=titular.language)
    _send(titular, clock, "participants/delegated", "mail.delegation", key=f"{key}:titular", cancels=True,
          first={"delegate": delegate.name, "date": until})  # fmt: skip


def lost_link(meeting: Meeting, people: Sequence[Participant], clock: Clock) -> None:
    """The links of everybody at one address, in one mail; the same hour sends it once."""
    first = people[0]
    own = [{"name": one.name, "url": links.own_page(one)} for one in people]
    hour = clock.real_now().strftime("%Y%m%d%H")
    _queue(first, clock, "participants/lost_link", "mail.lost_link", f"lost:{meeting.id}:{first.email}:{hour}",
           {"people": own}, ())  # fmt: skip


def _send(
    participant: Participant, clock: Clock, template: str, words: str, *, key: str, papers: bool = False,
    cancels: bool = False, first: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Queue one mail to one participant; people without an address get none (they have a printed code)."""
    if not participant.email:
        return
    files: list[Attachment] = []
    if papers or cancels:
        method = "CANCEL" if cancels else "PUBLISH"
        files.append(Attachment("liqaa.ics", own_calendar(participant, clock, cancelled=cancels), ICS.format(method)))
    if papers:
        files.append(Attachment("liqaa-qr.png", qr_png(links.badge_token(participant), error="M"), "image/png"))
    _queue(participant, clock, template, words, key, {"first": first or {}}, files)


def _queue(
    participant: Participant, clock: Clock, template: str, words: str, key: str, more: dict[str, Any],
    files: Sequence[Attachment],
) -> None:  # fmt: skip
    meeting, lang = participant.meeting, participant.language
    values = {
        "participant": participant, "words": words, "code": code_shown(participant.code),
        "title": _title(meeting, lang),
        "dates": date_range(meeting.starts_on, meeting.ends_on, lang=lang, weekday=True),
        "place": pick(meeting, "place", lang)[0], "url": links.own_page(participant), "contact": meeting.contact_email,
        "honorific": _honorific(participant),
    }  # fmt: skip
    queue_mail(
        to=participant.email, name=participant.name, template=template, language=lang, values=values | more,
        clock=clock, subject_key=f"{words}.subject", subject_values={"meeting": values["title"]}, key=key,
        attachments=files, meeting=meeting,
    )  # fmt: skip


def _title(meeting: Meeting, lang: str) -> str:
    return pick(meeting, "short", lang)[0] or pick(meeting, "title", lang)[0]


def _honorific(participant: Participant) -> str:
    form = participant.address_form
    return t.plain(f"honorific.{form}", lang=participant.language) if form in ("m", "f") else ""


def invitation(asked: Invitation, clock: Clock, *, key: str, reminder: bool = False) -> None:
    """The invitation of a body or a person, with the link that names its seats."""
    if not asked.email:
        return
    meeting, lang = asked.meeting, asked.language
    who = pick(asked.body, "name", lang)[0] if asked.body is not None else asked.person
    values = {
        "who": who, "title": _title(meeting, lang), "seats": sum(asked.seats.values()), "code": code_shown(asked.code),
        "dates": date_range(meeting.starts_on, meeting.ends_on, lang=lang, weekday=True), "reminder": reminder,
        "before": format_date(asked.answer_before or meeting.starts_on, lang=lang), "url": links.seats_page(asked),
        "kind": asked.kind, "place": pick(meeting, "place", lang)[0],
    }  # fmt: skip
    queue_mail(
        to=asked.email, name=asked.person or who, template="participants/invitation", language=lang, values=values,
        clock=clock, subject_key="mail.invitation_reminder.subject" if reminder else "mail.invitation.subject",
        subject_values={"meeting": values["title"]}, key=key, meeting=meeting,
    )  # fmt: skip
