"""Accounts, sessions and the demonstration's people."""

from __future__ import annotations

from app.accounts.models import Account
from app.kernel.database import db
from app.kernel.transaction import transaction
from tests.world import World


def build(world: World) -> None:
    """The organiser is one of the demonstration's people."""
    with transaction():
        db.session.get_one(Account, world.people["organiser"]).persona = "organiser"


def values(world: World, name: str) -> dict[str, str]:
    """An account of each side; sessions, grants and links are nobody's."""
    person = {"agadir": "desk", "fes": "outsider"}[name]
    none = dict.fromkeys(("token", "session_id", "grant_id"), "none")
    return {"account_id": world.people[person], "persona": "organiser", **none}
