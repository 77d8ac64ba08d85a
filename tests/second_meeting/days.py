"""The three days: badges and arrivals, two recommendations captured and reviewed, read and decided in the plenary."""

from __future__ import annotations

from sqlalchemy import func, select

from app.attendance.models import Attendance
from app.kernel.database import db, new_id
from app.kernel.transaction import transaction
from app.participants.models import Participant
from tests.paper.reading import words_of
from tests.second_meeting.before import COMING, HOME
from tests.second_meeting.hands import words
from tests.second_meeting.house import COMMUNE, House

API = f"/api/v1/{HOME}/workshops/1"
DAYS = (10, 11, 12)
FIRST = "إحداث خلية للجبايات داخل كل جماعة قبل متم سنة 2023."
SECOND = "نشر قرار جبائي موحد في أجل 30 يوما."
SECOND_AS_AMENDED = "نشر قرار جبائي موحد في أجل 45 يوما."


def receive(house: House) -> None:
    """The badges are printed; on each of the three days everybody is let in by the code on the badge, typed."""
    house.at(2023, 5, 9, 9)
    organiser = house.enter("organiser")
    organiser.send(f"/ar/{HOME}/manage/phase/closed", "/phase/closed")
    badges = organiser.answer(f"/ar/{HOME}/manage/badges.pdf")
    assert (badges.status_code, badges.mimetype) == (200, "application/pdf")
    with house.app.app_context(), transaction(writes=False):
        codes = list(db.session.scalars(select(Participant.code).order_by(Participant.email)))
    printed = words_of(badges.get_data())
    assert all(f"{code[:4]}-{code[4:]}" in printed for code in codes)
    assert "فاس" in printed
    for day in DAYS:
        house.at(2023, 5, day, 8)
        if day == DAYS[0]:
            house.enter("organiser").send(f"/ar/{HOME}/manage/phase/running", "/phase/running")
        desk = house.enter("desk")
        for number, code in enumerate(codes):
            _let_in(house, f"/ar/{HOME}/manage/door?list=2023-05-{day}-am", code, twice=number == 0)
        desk.open(f"/ar/{HOME}/manage/attendance")
    with house.app.app_context(), transaction(writes=False):
        counted = select(Attendance.list, func.count()).group_by(Attendance.list)
        found = {key: count for key, count in db.session.execute(counted).all() if key.endswith("-am")}
        assert found == {f"2023-05-{day}-am": len(COMING) for day in DAYS}


def _let_in(house: House, door: str, code: str, *, twice: bool) -> None:
    desk = house.people["desk"]
    page = desk.open(desk.on(desk.send(door, "/manage/door", code=f"{code[:4]}-{code[4:]}".lower(), gate="الباب 1")))
    assert "تفضلوا" in page
    if twice:
        again = desk.open(desk.on(desk.send(door, "/manage/door", code=code, gate="الباب 1")))
        assert "سبق تسجيل الحضور" in again


def capture(house: House) -> None:
    """The rapporteur's screen sends operations; the coordinator takes both texts up, retains them and hands over."""
    house.at(2023, 5, 11, 11)
    rapporteur = house.enter("rapporteur")
    assert "الجبايات المحلية" in rapporteur.open(f"/ar/{HOME}/workshops/1/capture")
    first, second = new_id(), new_id()
    shared = {"axis": "1", "addressees": COMMUNE, "horizon": "2023-12-31"}
    made = {
        first: {"body.ar": FIRST, "body.fr": "Créer une cellule fiscale dans chaque commune avant fin 2023."},
        second: {"body.ar": SECOND, "body.fr": "Publier un arrêté fiscal unifié sous 30 jours."},
    }
    batch = [
        {"op_id": new_id(), "kind": "create", "recommendation": ident, "device_id": "tablet", "device_seq": number,
         "fields": {**texts, **shared}}
        for number, (ident, texts) in enumerate(made.items(), 1)
    ]  # fmt: skip
    answer = rapporteur.browser.send("POST", f"{API}/operations", batch)
    assert [one["status"] for one in answer.json["operations"]] == [200, 200], answer.json
    assert rapporteur.browser.send("POST", f"{API}/operations", batch).headers["Idempotent-Replay"] == "true"
    assert rapporteur.browser.send("GET", f"/api/v1/{HOME}/workshops/2/changes").status_code == 404
    screen = f"/ar/{HOME}/workshops/1/capture"
    for ident in made:
        rapporteur.send(f"{screen}?r={ident}", f"/capture/{ident}/propose")
    coordinator = house.enter("coordinator")
    review = f"/ar/{HOME}/workshops/1/review"
    for ident in made:
        coordinator.send(f"{review}/{ident}", f"/{ident}/state", after="retained", reason="")
    coordinator.send(review, "/review/hand-over")
    shown = house.enter("organiser").open(f"/ar/{HOME}/manage/recommendations")
    assert f"/{HOME}/workshops/1/review" in shown


def decide(house: House) -> None:
    """On the third day the secretary reads both; one is adopted by consensus, one amended, in front of the wall."""
    house.at(2023, 5, 12, 8, 30)
    secretary = house.enter("secretary")
    driver = f"/ar/{HOME}/manage/plenary"
    secretary.send(driver, "/plenary/fill")
    with house.app.app_context(), transaction(writes=False):
        order = _in_order()
    for number, ident in enumerate(order):
        secretary.send(driver, f"/show/{ident}")
        amended = {"outcome": "adopted_as_amended", "text_ar": SECOND_AS_AMENDED} if number else {"outcome": "adopted"}
        secretary.send(driver, f"/decide/{ident}", **amended)
    page = words(secretary.open(driver))
    assert "معتمدة بعد التعديل رقم 2023/2" in page
    assert SECOND_AS_AMENDED in page
    wall = next(link for link in sorted(secretary.linked) if "/wall/" in link)
    assert house.visitor.answer(wall).status_code == 200
    house.at(2023, 5, 12, 12)
    house.enter("organiser").send(f"/ar/{HOME}/manage/phase/concluded", "/phase/concluded")


def _in_order() -> list[str]:
    from app.recommendations.models import Recommendation

    return list(db.session.scalars(select(Recommendation.id).order_by(Recommendation.serial)))
