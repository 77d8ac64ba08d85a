"""Step 2: four people register from their phones and computers for three places; one changes, one withdraws, and who
waited gets the place."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import icalendar
import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from tests.browser.chain.walk import MEETING, TITLE, WORKSHOPS, Visitor, Walk, link_in, say, text_of


@dataclass(frozen=True)
class Person:
    """Somebody who comes: as they write themselves, and what they wish for first."""

    key: str
    name: str
    category: str
    typed: str
    body: str
    wish: str
    phone: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@commune.example"


FATIMA = Person("fatima", "فاطمة الزهراء العلوي", "elected", "اكادير", "أكادير", "W1", phone=True)
MOUHA = Person("mouha", "موحا أمزيل", "president", "ايت ملول", "آيت ملول", "W2")
SANAA = Person("sanaa", "سناء بنمسعود", "commune_staff", "الدشيره", "الدشيرة الجهادية", "W1")
LAHCEN = Person("lahcen", "لحسن أوزين", "elected", "الدشيرة", "الدشيرة الجهادية", "W1")
PEOPLE = (FATIMA, MOUHA, SANAA, LAHCEN)
POST = "رئيس مصلحة التواصل"


def play(walk: Walk) -> None:
    """The second step."""
    for person in PEOPLE:
        visitor = walk.visitor(person.key, **({"viewport": {"width": 360, "height": 740}} if person.phone else {}))
        _register(visitor, person)
    for person in (FATIMA, MOUHA, SANAA):
        _confirmed(walk, person)
    _waiting(walk, LAHCEN)
    _change(walk, MOUHA)
    _withdraw(walk, SANAA)
    _moved_up(walk, LAHCEN)
    walk.known["codes"] = {person.key: _code(walk.visitor(person.key)) for person in (FATIMA, MOUHA, LAHCEN)}
    _found_in_list(walk)


def _register(visitor: Visitor, person: Person) -> None:
    visitor.go(f"{MEETING}/").follow("action.register").look(f"2-{person.key}-1")
    visitor.fill({"participants.name": person.name}).press("action.continue")
    visitor.field("form.category.label").select_option(label=say(f"category.{person.category}.m"))
    visitor.field("form.body.label").press_sequentially(person.typed)
    option = visitor.page.get_by_role("option").filter(has_text=person.body)
    option.first.click()
    visitor.fill({"form.email.label": person.email}).look(f"2-{person.key}-2").press("action.continue")
    if person.wish == "W2":
        visitor.button("a11y.move_up", workshop=WORKSHOPS["W2"]).click()
    first = visitor.page.locator(".wish").first
    expect(first).to_contain_text(WORKSHOPS[person.wish])
    visitor.look(f"2-{person.key}-3").press("action.continue")
    visitor.sees(person.name, person.body, person.email).look(f"2-{person.key}-4").press(
        "participants.send_registration"
    )
    visitor.look(f"2-{person.key}-5")


def _confirmed(walk: Walk, person: Person) -> None:
    visitor = walk.visitor(person.key)
    visitor.sees(say("participants.own_head.confirmed", name=person.name))
    [mail] = walk.mails(person.email, say("mail.confirmation.subject", meeting=TITLE))
    code = _code(visitor)
    assert code in text_of(mail), "the mail names another code than the page"
    assert link_in(mail, "/r/") == visitor.page.url.split(":", 2)[2].partition("/")[2].join(["/", ""])
    attached = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    picture = visitor.page.locator(".qr-card svg.qr").screenshot()
    shown, sent = _scanned(picture), _scanned(attached["liqaa-qr.png"])
    assert shown == sent
    file = visitor.takes(visitor.link("action.calendar").click)
    _calendar(file)
    _calendar(attached["liqaa.ics"])


def _code(visitor: Visitor) -> str:
    """The code under the QR, as it is read aloud."""
    return visitor.page.locator(".qr-card .ref").inner_text().strip()


def _scanned(picture: bytes) -> str:
    [found] = zxingcpp.read_barcodes(Image.open(BytesIO(picture)).convert("L"))
    return str(found.text)


def _calendar(file: bytes | str) -> None:
    """Both days of the meeting, with the hours of its agenda on the wall."""
    events = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == [TITLE, TITLE]
    starts = [event.decoded("DTSTART").strftime("%Y-%m-%d %H:%M") for event in events]
    assert starts == ["2022-04-05 09:00", "2022-04-06 11:00"]


def _waiting(walk: Walk, person: Person) -> None:
    visitor = walk.visitor(person.key)
    visitor.sees(say("participants.own_head.waitlisted", name=person.name), say("mail.waiting.first", rank=1))
    [_mail] = walk.mails(person.email, say("mail.waiting.subject", meeting=TITLE))


def _change(walk: Walk, person: Person) -> None:
    """By the link in the mail, on another device than the one that registered."""
    [mail] = walk.mails(person.email)
    visitor = walk.visitor(f"{person.key} at work").go(link_in(mail, "/r/"))
    visitor.follow("participants.change_own").fill({"form.post.label": POST}).press("action.save")
    visitor.look("2-changed")


def _withdraw(walk: Walk, person: Person) -> None:
    [mail] = walk.mails(person.email)
    visitor = walk.visitor(person.key).go(link_in(mail, "/r/"))
    visitor.follow("action.cancel_registration").look("2-withdraw").press("action.cancel_registration")
    visitor.sees(say("participants.own_head.cancelled", name=person.name)).look("2-withdrawn")
    assert len(walk.mails(person.email, say("mail.registration_cancelled.subject", meeting=TITLE))) == 1


def _moved_up(walk: Walk, person: Person) -> None:
    [mail] = walk.mails(person.email, say("mail.seat_freed.subject", meeting=TITLE))
    visitor = walk.visitor(person.key).go(link_in(mail, "/r/"))
    visitor.sees(say("participants.own_head.confirmed", name=person.name))


def _found_in_list(walk: Walk) -> None:
    """The organiser finds the changed person by the name's other spelling."""
    organiser = walk.member("organiser").go(f"{MEETING}/manage/participants?q=امزيل").look("2-list")
    organiser.sees(MOUHA.name)
    organiser.page.get_by_role("link", name=MOUHA.name).first.click()
    organiser.sees(POST)
