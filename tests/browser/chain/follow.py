"""Step 8: the commune answers, plans, reports with a proof; the programme unit publishes the task and turns the second
key; the official and everybody see it."""

from __future__ import annotations

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfWriter

from tests.browser.chain.plenary import AMENDED, NUMBER
from tests.browser.chain.walk import MEETING, Visitor, Walk, say

LEAD = "مدير المصالح"
TASK = "إعداد الدليل وعرضه على المكتب"
OWNER = "رئيسة مصلحة التواصل"
DONE = "نُشر الدليل على موقع الجماعة، ومحضر المداولة مرفق."
PROOF = "مداولة المجلس"


def play(walk: Walk) -> None:
    """The eighth step, from the spring after the meeting to the year after."""
    walk.wall("2022-05-03T10:00")
    officer, unit, reader = walk.at_work("officer", "nav.my_commune"), walk.member("unit"), walk.visitor("reader")
    _answer(officer)
    _plan(officer)
    _published_task(officer, unit, reader)
    walk.wall("2023-04-11T09:30")
    _report(officer)
    _verify(officer, unit)
    _seen_by_the_official(walk.at_work("official", "nav.my_commune", viewport={"width": 360, "height": 740}))
    _seen_by_everybody(reader)


def _open(visitor: Visitor) -> Visitor:
    """From the commune's page to its commitment, as somebody who comes back to work."""
    visitor.go("/ar/my-commune").sees(NUMBER)
    return visitor.follow("followup.open")


def _answer(officer: Visitor) -> None:
    officer.sees(NUMBER).look("8-my-commune")
    _open(officer).look("8-commitment").follow("followup.act.answer").look("8-answer")
    officer.page.get_by_label(say("response.accepted"), exact=True).check()
    officer.fill({"followup.form.lead": LEAD}).date("followup.form.due", "2022-09-30")
    officer.press("action.send").sees(say("response.accepted"), LEAD)


def _plan(officer: Visitor) -> None:
    officer.follow("followup.act.plan")
    officer.fill({"followup.form.task": TASK, "followup.form.owner": OWNER})
    officer.date("followup.form.task_due", "2022-07-15").press("action.save").sees(TASK, say("task.internal"))


def _published_task(officer: Visitor, unit: Visitor, reader: Visitor) -> None:
    """The public reads a task from the moment the programme unit publishes it, and not before."""
    reader.go(f"{MEETING}/recommendations/1")
    expect(reader.page.locator("main")).not_to_contain_text(TASK)
    unit.go(officer.page.url).press("followup.task.publish").sees(say("task.public")).look("8-unit")
    reader.go(f"{MEETING}/recommendations/1").sees(TASK).look("8-public-task")


def _report(officer: Visitor) -> None:
    _open(officer).follow("followup.act.report")
    officer.page.get_by_label(say("work.reported_done"), exact=True).check()
    officer.fill({"followup.form.narrative": DONE, "followup.form.proof_title": PROOF})
    officer.field("followup.form.proof").set_input_files(
        {"name": "mudawala.pdf", "mimeType": "application/pdf", "buffer": _paper()}
    )
    officer.field("followup.form.public").check()
    officer.look("8-report").press("action.send").sees(say("work.reported_done"), DONE, PROOF).look("8-reported")
    assert officer.link("followup.act.verdict").count() == 0, "a body may verify its own work"


def _paper() -> bytes:
    """A page of paper, as a scanner of the commune would make it."""
    written = BytesIO()
    paper = PdfWriter()
    paper.add_blank_page(595, 842)
    paper.write(written)
    return written.getvalue()


def _verify(officer: Visitor, unit: Visitor) -> None:
    unit.go(f"{MEETING}/manage/verification").sees(NUMBER, DONE).look("8-verification")
    unit.follow("followup.act.verdict").look("8-verdict")
    unit.page.get_by_label(say("action.verify"), exact=True).check()
    unit.press("action.save").sees(say("work.verified_done"))
    officer.go(officer.page.url).sees(say("work.verified_done"))


def _seen_by_the_official(official: Visitor) -> None:
    """A telephone is enough for the elected official."""
    official.sees(say("count.commitments", count=1), say("work.verified_done")).look("8-official")


def _seen_by_everybody(reader: Visitor) -> None:
    reader.go(f"{MEETING}/tracker").sees(NUMBER, say("tracker.verified", count=1)).look("8-tracker")
    with reader.arrives():
        reader.page.get_by_role("link", name=AMENDED[:20]).first.click()
    reader.sees(TASK, PROOF)
    proof = reader.takes(reader.page.get_by_role("link", name=PROOF).first.click)
    assert proof.startswith(b"%PDF")
