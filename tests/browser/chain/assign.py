"""Step 3: registration is closed, the wishes become a plan on the board, and each participant is told."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.chain.register import FATIMA, LAHCEN, MOUHA, Person
from tests.browser.chain.walk import MEETING, WORKSHOPS, Walk, link_in, say, text_of

ROOMS = {"W1": "القاعة 1", "W2": "القاعة 2"}


def play(walk: Walk) -> None:
    """The third step."""
    walk.wall("2022-04-02T10:00")
    organiser = walk.member("organiser")
    organiser.go(f"{MEETING}/manage/settings").follow("meetings.phase_act.closed").press("meetings.phase_act.closed")
    organiser.sees(say("phase.closed"))
    organiser.go(f"{MEETING}/manage/workshops").look("3-board").press("action.solve")
    organiser.look("3-run").press("workshops.accept")
    for code, people in (("W1", (FATIMA, LAHCEN)), ("W2", (MOUHA,))):
        column = organiser.page.locator(f".board [data-code={code}]").first
        for person in people:
            expect(column).to_contain_text(person.name)
    organiser.look("3-placed").follow("action.publish_assignment").press("action.publish_assignment")
    organiser.sees(say("workshops.all_told")).look("3-told")
    for person in (FATIMA, MOUHA, LAHCEN):
        _told(walk, person)


def _told(walk: Walk, person: Person) -> None:
    """The mail names the workshop, and so does one's own page behind the mail's link."""
    title, room = WORKSHOPS[person.wish], ROOMS[person.wish]
    [mail] = walk.mails(person.email, say("mail.assignment.subject", workshop=title))
    assert room in text_of(mail)
    own = walk.visitor(person.key).go(link_in(mail, "/r/"))
    mine = own.page.locator("section", has=own.page.get_by_role("heading", name=say("workshops.mine")))
    expect(mine).to_contain_text(title)
    expect(mine).to_contain_text(room)
    own.look(f"3-{person.key}")
