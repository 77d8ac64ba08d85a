"""How the addresses of this room become people and invitations."""

from __future__ import annotations

from app.kernel.access import Actor, Grant, loader
from app.participants.models import ImportBatch, Invitation, Participant
from app.participants.queries import importing, invitations, links, people

# What the parameters become: who takes it from here names it without knowing its table.
__all__ = ["ImportBatch", "Invitation", "Participant", "connect"]


def connect() -> None:
    """Declare the loaders of participants, invitations and their links."""
    loader("participant_token", "participant", lambda value, _: links.find_by_token(value), grants=_holder)
    loader("invitation_token", "invitation", lambda value, _: links.find_invitation_by_token(value), grants=_focal)
    loader("participant_id", "participant", lambda value, loaded: people.find(loaded["meeting"], value))
    loader("invitation_id", "invitation", lambda value, loaded: invitations.find(loaded["meeting"], value))
    loader("import_id", "batch", lambda value, loaded: importing.find(loaded["meeting"], value))
    loader("seat_id", "seat", lambda value, loaded: invitations.find_seat(loaded["invitation"], value))


def _holder(participant: Participant) -> Actor:
    grant = Grant("participant", "participant", participant.id)
    return Actor("link", participant.id, participant.name, frozenset({grant}))


def _focal(invitation: Invitation) -> Actor:
    label = invitation.body.name_ar if invitation.body is not None else invitation.person
    return Actor("link", invitation.id, label, frozenset({Grant("focal_point", "invitation", invitation.id)}))
