"""The way back for whoever asks: links sent again to the address that is registered, and codes typed from letters."""

from __future__ import annotations

from app.accounts import attempts
from app.accounts.attempts import Origin
from app.kernel.clock import Clock
from app.kernel.errors import Refusal
from app.kernel.transaction import keep_on_refusal
from app.meetings.models import Meeting
from app.participants import mails
from app.participants.actions.inviting import note_opened
from app.participants.models import Invitation, Participant
from app.participants.queries.invitations import find_by_code
from app.participants.queries.people import by_mail


def send_link_again(*, participant: Participant, clock: Clock) -> None:
    """Send somebody the own link again; nothing without an address. Once an hour at most."""
    if participant.email:
        mails.lost_link(participant.meeting, [participant], clock)


def send_links_to(*, meeting: Meeting, email: str, origin: Origin, clock: Clock) -> None:
    """Send every link of this address to it, in one mail; nothing when nobody is registered. Once an hour at most.

    Refuses with `rate_limited` after five for one address in 15 minutes, and after thirty from one browser, whether
    anybody is registered or not.
    """
    attempts.check(f"lost|{email}", clock=clock, allowed=5)
    attempts.check_origin("lost", origin, clock=clock, browser=30)
    attempts.count(f"lost|{email}", clock=clock)
    attempts.count_origin("lost", origin, clock=clock)
    people = by_mail(meeting, email)
    if people:
        mails.lost_link(meeting, people, clock)


def open_by_code(*, meeting: Meeting, code: str, origin: Origin, clock: Clock) -> Invitation:
    """The invitation whose printed code was typed, noted as opened.

    Refuses with `invitation_code` at `code`, and with `rate_limited` after ten wrong codes of one browser in 15
    minutes: the others of its hall go on typing.
    """
    attempts.check_origin("code", origin, clock=clock)
    found = find_by_code(meeting, code)
    if found is None:
        keep_on_refusal(lambda: attempts.count_origin("code", origin, clock=clock))
        raise Refusal("invitation_code", field="code")
    note_opened(invitation=found, clock=clock)
    return found
