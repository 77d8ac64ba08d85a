"""What follow-up does when the publication speaks: adopted recommendations become commitments."""

from __future__ import annotations

from app.followup import queries
from app.followup.actions import open_commitments
from app.kernel import journal
from app.kernel.journal import Fact
from app.publication.hooks import provide_follow_up


def connect() -> None:
    """Listen to the facts of earlier rooms."""
    journal.listen("edition.published", on_edition)
    provide_follow_up(queries.of_recommendation)


def on_edition(fact: Fact) -> None:
    """An edition is out: every adopted recommendation of its meeting has its commitments from now on.

    A later edition opens what is new in it and leaves the others as they are.
    """
    meeting = queries.meeting_by_id(fact.subject.meeting_id)
    open_commitments(meeting=meeting, recommendations=queries.adopted(meeting), actor=fact.actor, clock=fact.clock)
