"""What a badge holds, and the hashes by which a phone without network knows it.

The QR code of a badge holds the participant's code and 24 letters made from the installation's key: capitals and
digits alone (version 2 at level M), no address, no name. It opens no page; only a scanner of the meeting reads it.
"""

from __future__ import annotations

import hashlib

from app.kernel.tokens import derived_token, same, tidy_code
from app.participants.queries.links import Coded, badge_token

LETTERS = 24


def badge_text(participant: Coded) -> str:
    """What the QR code of the badge holds; void when the participant's link is made anew."""
    return badge_token(participant)


def code_in(text: str) -> str:
    """The participant's code at the beginning of a badge's text; empty when the text is no badge."""
    return text[:-LETTERS] if len(text) > LETTERS else ""


def genuine(text: str, participant: Coded) -> bool:
    """Whether the text is what this participant's badge holds now."""
    return same(text, badge_text(participant))


def typed(text: str) -> str:
    """A code as a hand typed it, ready to be looked up."""
    return tidy_code(text)[:12]


def salt_of(meeting_id: str, key: str) -> str:
    """The salt of one list of one meeting: two lists cannot be laid side by side."""
    return derived_token("door-list", f"{meeting_id}|{key}")


def salted(salt: str, text: str) -> str:
    """The name a phone knows a badge or a code by (SHA-256 of salt and text, 128 bits in hex)."""
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()[:32]


def ref_of(meeting_id: str, key: str, participant: Coded) -> str:
    """The participant's line in a door list."""
    return salted(salt_of(meeting_id, key), badge_text(participant))
