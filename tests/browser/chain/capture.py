"""Step 5: in the workshop the rapporteur types, the coordinator sends back, merges and retains, and hands the list to
the plenary."""

from __future__ import annotations

from playwright.sync_api import Response, expect

from tests.browser.chain.walk import MEETING, Visitor, Walk, say

ROOM = f"{MEETING}/workshops/W1"
GUIDE = "نشر دليل مؤشرات الأداء على موقع الجماعة قبل متم شهر شتنبر 2022."
SESSION = "تنظيم دورة تكوينية لفائدة أعضاء المجلس حول الولوج إلى المعلومات."
DOUBLE = "نشر دليل المؤشرات على الموقع الإلكتروني للجماعة قبل شهر أكتوبر 2022."
REASON = "يرجى تحديد عدد المستفيدين."
MENDED = "تنظيم دورة تكوينية لفائدة 20 عضوا من المجلس حول الولوج إلى المعلومات."
KEPT = "بقي نص التوصية الأولى، وهو الأدق."
ADDRESSEE = "أكادير"


def play(walk: Walk) -> None:
    """The fifth step."""
    walk.wall("2022-04-05T15:10")
    rapporteur = walk.member("rapporteur", service_workers="allow")
    sent: set[str] = walk.known.setdefault("operations", set())
    rapporteur.page.on("response", lambda response: _acknowledged(response, sent))
    walk.at_work("rapporteur", "capture.title")
    rapporteur.page.wait_for_selector("[data-capture][data-ready]")
    for number, text in enumerate((GUIDE, SESSION, DOUBLE), 1):
        _type(rapporteur, number, text)
    rapporteur.look("5-capture")
    for number in (1, 2, 3):
        _propose(rapporteur, number)
    coordinator = walk.at_work("coordinator", "review.title")
    _send_back(coordinator)
    _mend(rapporteur)
    rapporteur.leave()
    _review(coordinator)


def _acknowledged(response: Response, sent: set[str]) -> None:
    """Note an operation that the server has taken; how often the screen sends depends on where the hands rest."""
    if response.request.method == "PUT" and response.status == 200:
        sent.add(response.request.post_data_json["op_id"])


def _received(rapporteur: Visitor) -> None:
    """The screen itself says that everything is on the server."""
    expect(rapporteur.page.locator("[data-unsent]")).to_have_text(say("capture.all_received"))


def _type(rapporteur: Visitor, number: int, text: str) -> None:
    """A text, its axis and body by keys; Enter begins the next one."""
    keys = rapporteur.page.keyboard
    if number > 1:
        rapporteur.page.locator("#body").press("Enter")
    rapporteur.page.locator("#body").press_sequentially(text)
    keys.press("Alt+Digit1")
    keys.press("Alt+KeyA")
    keys.type("اكادير")
    rapporteur.page.get_by_role("option").filter(has_text=say("body.commune")).first.click()
    keys.press("Alt+KeyD")
    keys.type("30/09/2022")
    if number > 1:  # The first text is sent by itself when the hands rest; here the rapporteur does not wait for it.
        keys.press("Control+KeyS")
    _received(rapporteur)
    expect(rapporteur.page.locator("[data-code]").first).to_have_text(f"A-{number}")
    expect(rapporteur.page.locator("[data-list] li").nth(number - 1)).to_contain_text(ADDRESSEE)


def _propose(rapporteur: Visitor, number: int) -> None:
    rapporteur.page.locator("[data-list] a").nth(number - 1).click()
    expect(rapporteur.page.locator("[data-code]").first).to_have_text(f"A-{number}")
    _press_propose(rapporteur)


def _press_propose(rapporteur: Visitor) -> None:
    """Propose what is open: what was typed is sent first, then the page comes back with the new state."""
    rapporteur.press("capture.propose")
    rapporteur.page.wait_for_selector("[data-capture][data-ready]")
    _received(rapporteur)


def _open(coordinator: Visitor, code: str) -> None:
    """From the list of the review to one recommendation."""
    coordinator.go(f"{ROOM}/review")
    with coordinator.arrives():
        coordinator.page.locator(".review-list a").filter(has_text=code).click()


def _send_back(coordinator: Visitor) -> None:
    _open(coordinator, "A-2")
    coordinator.press("review.take_up")
    coordinator.fill({"review.send_back.reason": REASON}).look("5-review").press("action.send_back")


def _mend(rapporteur: Visitor) -> None:
    rapporteur.page.locator("[data-list] a").nth(1).click()
    # The screen has been open all along: it hears of the coordinator's act by itself, at the latest with its next tick.
    expect(rapporteur.page.locator("[data-back-reason]")).to_contain_text(REASON)
    rapporteur.look("5-back")
    rapporteur.page.locator("#body").fill(MENDED)
    _press_propose(rapporteur)


def _review(coordinator: Visitor) -> None:
    _open(coordinator, "A-2")
    coordinator.sees(say("text.proposed"))
    expect(coordinator.page.locator("#body_ar")).to_have_value(MENDED)
    coordinator.press("action.retain")
    _open(coordinator, "A-1")
    coordinator.press("action.retain")
    _open(coordinator, "A-3")
    coordinator.follow("action.merge", within=coordinator.page.locator(".similar")).look("5-merge")
    coordinator.fill({"review.merge.kept": KEPT}).press("review.merge")
    coordinator.go(f"{ROOM}/review").look("5-list")
    coordinator.button("review.hand_over").click()
    with coordinator.arrives():
        coordinator.page.get_by_role("dialog").get_by_role("button", name=say("review.hand_over")).click()
    coordinator.look("5-handed")
