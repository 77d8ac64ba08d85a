"""The server reads before the fork what a stranger's first visit would make it read, and nothing but reads."""

from __future__ import annotations

from app.kernel.database import db
from app.kernel.transaction import LiqaaFlask, transaction
from app.meetings.models import Meeting
from tests.operations.conftest import MakeInstallation
from tests.queries import count_queries
from tests.world import World
from tools.warm import warm


def test_pages_of_the_latest_meeting_are_answered_before_anybody_asks(app: LiqaaFlask, world: World) -> None:
    with transaction():
        db.session.query(Meeting).filter(Meeting.slug != "agadir-2022").update({"phase": "draft"})
    with count_queries() as counted:
        answered = warm(app)
    assert {"/ar/", "/fr/meetings/agadir-2022/", "/en/meetings/agadir-2022/register"} <= set(answered)
    assert len(answered) == 15
    assert {one.split()[0] for one in counted.statements} == {"SELECT"}


def test_installation_without_a_meeting_or_even_a_database_is_no_hindrance(make_installation: MakeInstallation) -> None:
    from app import schema

    empty = make_installation("a")
    assert warm(empty) == []
    with empty.app_context():
        schema.create()
    assert warm(empty) == ["/ar/", "/fr/", "/en/"]
