"""Step 7: the edition is published; everybody reads it, and the Arabic paper holds the recommendation."""

from __future__ import annotations

from tests.browser.chain.plenary import AMENDED, NUMBER
from tests.browser.chain.walk import MEETING, TITLE, Walk, say
from tests.paper import reading as papers


def play(walk: Walk) -> None:
    """The seventh step."""
    walk.wall("2022-04-13T10:00")
    organiser = walk.member("organiser")
    organiser.go(f"{MEETING}/manage/publication").look("7-desk").follow("action.publish").look("7-ask")
    organiser.press("action.publish").look("7-published")
    walk.work()
    organiser.go(f"{MEETING}/manage/settings").sees(say("phase.published"))
    reader = walk.visitor("reader").go(f"{MEETING}/").look("7-meeting")
    reader.go(f"{MEETING}/recommendations").sees(NUMBER).look("7-list")
    with reader.arrives():
        reader.page.locator("main").get_by_role("link", name="نشر دليل").first.click()
    reader.page.wait_for_url(f"**{MEETING}/recommendations/1")
    reader.sees(AMENDED, NUMBER, say("text.adopted_as_amended")).look("7-recommendation")
    reader.go(f"{MEETING}/editions/1").sees(TITLE).look("7-edition")
    paper = reader.takes(reader.page.locator("a[href$='/pdf/ar']").first.click)
    text = papers.text_of(paper)
    assert NUMBER in text
    # Beside a number a reader of PDF puts the full stop where it pleases.
    assert AMENDED.removesuffix(" 2022.") in text, "the Arabic paper does not hold the recommendation as it was adopted"
