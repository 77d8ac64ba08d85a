"""Step 4: badges are printed the evening before; on the morning the desk lets people in by the typed code."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from tests.browser.chain.assign import ROOMS
from tests.browser.chain.register import FATIMA, LAHCEN, MOUHA
from tests.browser.chain.walk import MEETING, Visitor, Walk, say


def play(walk: Walk) -> None:
    """The fourth step."""
    walk.wall("2022-04-04T18:00")
    organiser = walk.member("organiser")
    codes: dict[str, str] = walk.known["codes"]
    _badges(organiser, codes)
    walk.wall("2022-04-05T08:30")
    organiser.go(f"{MEETING}/manage/settings").follow("meetings.phase_act.running").press("meetings.phase_act.running")
    organiser.sees(say("phase.running"))
    desk = walk.at_work("desk", "nav.desk").look("4-door")
    _check_in(desk, codes["fatima"].lower())
    desk.sees(say("scan.ok"), FATIMA.name, say("meetings.workshop_n", number=1), ROOMS["W1"], within="#result")
    desk.look("4-in")
    _check_in(desk, codes["fatima"])
    desk.sees(say("scan.already"), FATIMA.name, within="#result")
    desk.look("4-again")
    _check_in(desk, codes["mouha"])
    desk.sees(say("scan.ok"), MOUHA.name, within="#result")
    assert LAHCEN.name not in desk.page.locator("#result").inner_text()
    desk.leave()


def _badges(organiser: Visitor, codes: dict[str, str]) -> None:
    organiser.go(f"{MEETING}/manage/badges").look("4-badges")
    paper = PdfReader(BytesIO(organiser.takes(organiser.link("attendance.eight").click)))
    text = "".join(page.extract_text() for page in paper.pages)
    for code in codes.values():
        assert code in text, f"no badge carries {code}"
    organiser.press("attendance.note_printed").sees(say("attendance.printed"))


def _check_in(desk: Visitor, code: str) -> None:
    """The code as it is read from a badge, and Enter."""
    field = desk.field("attendance.code")
    field.fill(code)
    with desk.arrives():
        field.press("Enter")
