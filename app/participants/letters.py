"""Letters of invitation for the printer: one file, a letter a page, each with the code and QR code of its link."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.kernel.clock import Clock
from app.kernel.languages import current_language, date_range, format_date, pick, speaking, t
from app.meetings.models import Meeting
from app.paper.pdf import render
from app.participants.mails import code_shown
from app.participants.models import Invitation
from app.participants.queries import links


def letters(meeting: Meeting, invitations: Sequence[Invitation], clock: Clock) -> bytes:
    """The letters as one PDF in the language of the first; people without a mail address get theirs on paper."""
    lang = invitations[0].language if invitations else "ar"
    with speaking(lang):
        pages = [letter(meeting, one, clock) for one in invitations]
        return render("letters", {"letters": pages}, lang=lang, title=t.plain("nav.invitations"), made=clock.now())


def letter(meeting: Meeting, invitation: Invitation, clock: Clock) -> dict[str, Any]:
    """The words of one letter, in the language in force."""
    title = _picked(meeting, "title")
    who = _picked(invitation.body, "name") if invitation.kind == "body" else invitation.person
    dates = date_range(meeting.starts_on, meeting.ends_on, weekday=True)
    before = format_date(invitation.answer_before or meeting.starts_on)
    first = "mail.invitation.first" if invitation.kind == "body" else "mail.participants.personal"
    words = {"body": who, "name": who, "meeting": title, "dates": dates, "date": before}
    paragraphs = [t.plain(first, **words)]
    if invitation.kind == "body":
        paragraphs.append(t.plain("seats.quota", count=sum(invitation.seats.values())))
    link = links.seats_page(invitation)
    return {
        "org": [name for name in (_picked(meeting.organiser, "name") if meeting.organiser else "",) if name],
        "place_date": t.plain("participants.letter_date", place=_picked(meeting, "place"),
                              date=format_date(clock.today(meeting.zone))),
        "recipient": [name for name in (who, invitation.person if invitation.kind == "body" else "") if name],
        "subject": t.plain("mail.invitation.subject", meeting=title), "salutation": t.plain("mail.greeting_unknown"),
        "paragraphs": paragraphs, "code": code_shown(invitation.code),
        "code_label": t.plain("participants.invitation_code"), "qr": link,
        "link": links.address(invitation.language, f"meetings/{meeting.slug}/invitation"),
        "closing": t.plain("mail.closing"), "signatory": [t.plain("mail.signed", meeting=title)],
    }  # fmt: skip


def _picked(thing: Any, field: str) -> str:
    return pick(thing, field, current_language())[0]
