"""The durable links of people and of invitations: made again whenever they are needed, never stored."""

from __future__ import annotations

from typing import Protocol

from app.kernel.database import db
from app.kernel.tokens import derived_letters, derived_token, same, whole_address
from app.participants.models import Invitation, Participant


class Coded(Protocol):
    """A participant, whole or in part: what a badge is made of."""

    @property
    def id(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def link_version(self) -> int: ...


def participant_token(participant: Participant) -> str:
    """What stands in the address of a person's own page: `<id>.<token>`; void when `link_version` moves."""
    return f"{participant.id}.{derived_token('participant', participant.id, participant.link_version)}"


def badge_token(participant: Coded) -> str:
    """What the badge's QR code holds: opens nothing, names the person to a scanner of the meeting alone.

    The code and 24 letters of the installation's key: capitals and digits, so that the QR code stays small (version 2
    at level M) and a scanner that types is read under any layout of the keyboard.
    """
    return participant.code + derived_letters("badge", participant.id, participant.link_version)


def invitation_token(invitation: Invitation) -> str:
    """What stands in the address of a focal point's page."""
    return f"{invitation.id}.{derived_token('invitation', invitation.id, invitation.link_version)}"


def find_by_token(text: str) -> Participant | None:
    """The participant whose link this is."""
    ident, _, token = text.partition(".")
    found = db.session.get(Participant, ident)
    if found is None or not same(token, derived_token("participant", found.id, found.link_version)):
        return None
    return found


def find_invitation_by_token(text: str) -> Invitation | None:
    """The invitation whose link this is, unless it was withdrawn."""
    ident, _, token = text.partition(".")
    found = db.session.get(Invitation, ident)
    if found is None or found.withdrawn_at is not None:
        return None
    return found if same(token, derived_token("invitation", found.id, found.link_version)) else None


def address(lang: str, path: str) -> str:
    """A whole address for what leaves the house: mails, papers, QR codes."""
    return whole_address(f"{lang}/{path}")


def own_page(participant: Participant) -> str:
    """The address of a person's own page, in the person's language."""
    return address(participant.language, f"r/{participant_token(participant)}")


def seats_page(invitation: Invitation) -> str:
    """The address of a focal point's page, in the language of the invitation."""
    return address(invitation.language, f"i/{invitation_token(invitation)}")
