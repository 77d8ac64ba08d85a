"""Who may read, publish and correct, and when."""

from __future__ import annotations

from app.kernel.access import Actor, permission
from app.kernel.errors import Refusal
from app.publication.models import Edition

permission("publication.api", scope="installation", roles={"public"})
permission("publication.view", scope="meeting", roles={"public"})
permission("publication.desk", scope="meeting", roles={"organiser", "secretary", "programme_unit"})
permission("publication.publish", scope="meeting", roles={"organiser"})
permission("publication.correct", scope="meeting", roles={"organiser"})
permission("publication.approve", scope="meeting", roles={"organiser", "secretary", "programme_unit"})


def may_approve(edition: Edition, actor: Actor) -> bool:
    """Whether this person is a second one: somebody who had no hand in preparing the correction."""
    return actor.id is not None and actor.id not in edition.changes.get("by", [])


def require_second(edition: Edition, actor: Actor) -> None:
    """Refuse with `second_person` whoever had a hand in preparing the correction."""
    if not may_approve(edition, actor):
        raise Refusal("second_person")
