"""Before the meeting: it is prepared and opened, people register and are confirmed, and everybody gets a workshop."""

from __future__ import annotations

import re

from sqlalchemy import select

from app.kernel.database import db
from app.kernel.transaction import transaction
from app.participants.models import Participant
from app.territory.models import Body
from app.workshops.models import WorkshopSeat
from tests.second_meeting.hands import Reader, Sheet
from tests.second_meeting.house import COMMUNE, SLUG, House

HOME = f"meetings/{SLUG}"
WORKSHOPS = ("1", "2", "3", "4")
# Who registers: name, commune, language of the page.
COMING = (
    ("فاطمة الزهراء العلوي", COMMUNE, "ar"), ("حسن الوزاني", "03.061.01.05", "ar"), ("Imane Tazi", "03.131.01.03", "fr"),
    ("مراد الفيلالي", "03.171.01.01", "ar"), ("Omar Skalli", "03.231.01.03", "fr"), ("زينب البقالي", "03.271.01.01", "ar"),
)  # fmt: skip


def email_of(number: int) -> str:
    """The address of the one who registers at this place."""
    return f"person{number}@commune.example"


def prepare(house: House) -> None:
    """The organiser lowers the least attendance of the four workshops and opens registration; anybody reads the pages."""
    house.at(2023, 4, 12, 9)
    house.set_up()
    house.appoint()
    organiser = house.people["organiser"]
    organiser.open(f"/ar/{HOME}/manage/")
    for code in WORKSHOPS:
        organiser.send(f"/ar/{HOME}/manage/agenda/workshops/{code}", f"/workshops/{code}", least="1")
    assert house.visitor.answer(f"/ar/{HOME}/").status_code == 404
    organiser.send(f"/ar/{HOME}/manage/phase/open", "/phase/open")
    for lang, title, city, days in (
        ("ar", "لقاء تواصلي حول تحديث التدبير الجماعي بفاس", "فاس", ("10", "11", "12")),
        ("fr", "modernisation de la gestion communale à Fès", "Fès", ("10", "11", "12")),
    ):
        page, agenda = (house.visitor.open(f"/{lang}/{HOME}/{path}") for path in ("", "agenda"))
        assert title in page
        assert city in page
        assert all(f'datetime="2023-05-{day}' in agenda or f"2023-05-{day}" in agenda for day in days)
        assert all(name in agenda for name in _workshops(lang))


def _workshops(lang: str) -> tuple[str, ...]:
    return {
        "ar": ("الجبايات المحلية", "الإدارة الرقمية", "التعمير والممتلكات", "الديمقراطية التشاركية"),
        "fr": ("Fiscalité locale", "Administration numérique", "Urbanisme et patrimoine", "Démocratie participative"),
    }[lang]


def register(house: House) -> None:
    """Six people fill in the form in their language and are confirmed by the organiser; each has two mails."""
    house.at(2023, 4, 14, 9)
    for number, (name, code, lang) in enumerate(COMING):
        _fill_in(house, number, name, code, lang)
        assert "قاء فاس 2023" in house.mail(email_of(number), "participants/pending").subject or lang == "fr"
    organiser = house.enter("organiser")
    people = f"/ar/{HOME}/manage/participants"
    organiser.open(people)
    found = {link for link in organiser.linked if re.fullmatch(rf"{people}/[0-9a-f-]{{36}}", link)}
    assert len(found) == len(COMING)
    for person in sorted(found):
        organiser.open(person)
        organiser.send(f"{person}/confirm", "/confirm")
    for number, (_name, _code, lang) in enumerate(COMING):
        mail = house.mail(email_of(number), "participants/confirmation")
        assert [one["filename"] for one in mail.attachments] == ["liqaa.ics", "liqaa-qr.png"]
        assert {"ar": "فاس", "fr": "Fès"}[lang] in mail.text


def _fill_in(house: House, number: int, name: str, code: str, lang: str) -> None:
    visitor, page = house.visitor, f"/{lang}/{HOME}/register"
    with house.app.app_context(), transaction(writes=False):
        body = db.session.scalars(select(Body).where(Body.code == code)).one()
        called, ident = body.name_ar if lang == "ar" else body.name_fr, body.id
    names = {"name": name, "address_form": "f", "language": lang}
    step = visitor.send(page, "/register", status=200, **names)
    typed = {"category": "elected", "email": email_of(number), "phone": f"06612345{number:02d}", "body": called}
    if code == COMMUNE:  # A prefecture has this name too: the visitor is asked which is meant.
        step = visitor.send(step, "/register", status=422, **typed)
    step = visitor.send(step, "/register", status=200, **typed, body_id=ident)
    wishes = next(form.fields["wishes"] for form in _forms(step.get_data(as_text=True)) if "wishes" in form.fields)
    assert len(wishes) == len(WORKSHOPS)
    turned = wishes[number % 4 :] + wishes[: number % 4]
    step = visitor.send(step, "/register", status=200, wishes=turned)
    sent = visitor.send(step, "/register/send")
    assert name in visitor.open(visitor.on(sent))


def _forms(page: str) -> list[Sheet]:
    return Reader(page).forms


def assign(house: House) -> None:
    """The plan is worked out over four workshops, accepted and published: everybody has the first wish."""
    house.at(2023, 5, 4, 9)
    organiser = house.enter("organiser")
    board = f"/ar/{HOME}/manage/workshops"
    run = organiser.on(organiser.send(board, "/workshops/solve"))
    house.work()
    organiser.send(run, "/take")
    organiser.send(f"{board}/publish", "/publish")
    with house.app.app_context(), transaction(writes=False):
        seats = db.session.query(WorkshopSeat).all()
        assert len(seats) == len(COMING)
        wished = {one.id: one.wishes[0].workshop_id for one in db.session.query(Participant)}
        assert {seat.participant_id: seat.workshop_id for seat in seats} == wished
        assert len({seat.workshop_id for seat in seats}) == len(WORKSHOPS)
    page = house.visitor.open(own_page(house, 3))
    assert "الديمقراطية التشاركية" in page


def own_page(house: House, number: int) -> str:
    """The address of somebody's own page, from the mail of the confirmation."""
    found = re.search(
        r"http://localhost(/\S+/r/[\w.-]+)", house.mail(email_of(number), "participants/confirmation").text
    )
    assert found is not None
    return found.group(1)
