"""After the meeting: the edition, and one commitment from its answer to the verified completion."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

from app.publication.models import EditionFile
from tests.paper.reading import text_of
from tests.second_meeting.before import HOME
from tests.second_meeting.days import FIRST, SECOND_AS_AMENDED
from tests.second_meeting.hands import Reader, words
from tests.second_meeting.house import COMMUNE, House

TASK = {"title": "تعيين فريق الخلية", "title_fr": "Désigner l’équipe de la cellule", "owner": "رئيس القسم"}
PROOF = b"%PDF-1.4 the order of the president"


def publish(house: House) -> None:
    """The organiser publishes; the pages, the file for machines and the papers in both languages hold both texts."""
    house.at(2023, 5, 22, 10)
    organiser = house.enter("organiser")
    organiser.send(f"/ar/{HOME}/manage/publication/publish", "/publication/publish")
    house.work()
    organiser.open(f"/ar/{HOME}/manage/publication")
    page = words(house.visitor.open(f"/ar/{HOME}/recommendations"))
    assert FIRST in page
    assert all(number in page for number in ("2023/1", "2023/2"))
    assert SECOND_AS_AMENDED in words(house.visitor.open(f"/ar/{HOME}/recommendations/2"))
    house.visitor.open(f"/fr/{HOME}/editions/1")
    assert house.count(EditionFile) >= 6
    arabic, french = (house.visitor.answer(f"/{lang}/{HOME}/editions/1/pdf/{lang}").get_data() for lang in ("ar", "fr"))
    printed = text_of(arabic)
    assert all(word in printed for word in ("خلية", "للجبايات", "فاس"))
    text = text_of(french)
    assert "Créer une cellule fiscale dans chaque commune avant fin 2023" in text
    assert "Fès" in text
    data = house.visitor.answer(f"/api/v1/{HOME}/recommendations").get_data(as_text=True)
    assert COMMUNE in data


def follow_up(house: House) -> None:
    """The commune answers, plans and reports with evidence; the programme unit publishes the task and verifies."""
    house.at(2023, 6, 5, 9)
    officer = house.enter("officer")
    officer.open(f"/ar/{HOME}/my-commune/{COMMUNE}")
    own = sorted({link.rsplit("/", 1)[0] for link in officer.linked if re.search(r"/commitments/[^/]+/answer$", link)})
    assert len(own) == 2
    path = next(link for link in own if "2023/1" in words(officer.open(link)))
    due = _day("due", date(2023, 11, 30))
    officer.send(f"{path}/answer", "/answer", response="accepted", lead_name="مدير المصالح", **due)
    house.at(2023, 6, 20, 9)
    officer = house.enter("officer")
    officer.send(f"{path}/plan", "/plan", **TASK, **_day("due_on", date(2023, 9, 30)))
    assert _tasks(house) == []  # Not before the unit publishes it.
    unit = house.enter("unit")
    publish_form = next(form for form in _actions(unit.open(path)) if form.endswith("/publish"))
    unit.send(path, publish_form)
    house.at(2023, 10, 2, 9)
    officer = house.enter("officer")
    officer.send(f"{path}/report", "/report", claimed="reported_done", narrative="أُحدثت الخلية وعُين أعضاؤها.",
                 kind="order", title="قرار التعيين", public="y", proof=(BytesIO(PROOF), "قرار.pdf"))  # fmt: skip
    refused = officer.browser.get(f"{path}/verdict")
    assert refused.status_code == 404
    house.at(2023, 10, 9, 9)
    unit = house.enter("unit")
    assert path in unit.open(f"/ar/{HOME}/manage/verification")
    unit.send(f"{path}/verdict", "/verdict", verdict="verified")


def look(house: House) -> None:
    """A year later: the public tracker counts both commitments, and an elected official sees the commune's own."""
    house.at(2024, 5, 10, 9)
    visitor = house.visitor
    tracker = words(visitor.open(f"/ar/{HOME}/tracker"))
    assert "اعتُمدت توصيتان ، تم التحقق من إنجاز واحدة منها" in tracker
    assert "نسبة الالتزامات المتحقق منها" in tracker
    assert TASK["title"] in _tasks(house)
    rows = visitor.answer(f"/api/v1/{HOME}/commitments").get_json()
    states = sorted(one["state"] for one in rows["commitments"])
    assert states == ["not_started", "verified_done"]
    official = house.enter("official")
    mine = words(official.open(f"/ar/{HOME}/my-commune/{COMMUNE}"))
    assert FIRST in mine
    assert official.answer(f"/ar/{HOME}/my-commune/{COMMUNE}/note.pdf").mimetype == "application/pdf"
    assert "مكناس" in visitor.open(f"/ar/{HOME}/communes/{COMMUNE}")


def _tasks(house: House) -> list[str]:
    rows = house.visitor.answer(f"/api/v1/{HOME}/tasks").get_json()["tasks"]
    assert all("title_ar" in row for row in rows), rows
    return [row["title_ar"] for row in rows]


def _day(name: str, value: date) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month), f"{name}-year": str(value.year)}


def _actions(page: str) -> list[str]:
    return [form.action for form in Reader(page).forms]
