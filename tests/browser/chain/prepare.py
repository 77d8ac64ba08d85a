"""Step 1: a meeting comes to be. The programme unit makes it, the administrator says who works on it, the organiser
fills it and opens registration; then everybody can see it."""

from __future__ import annotations

from tests.browser.chain.walk import CODE, MEETING, SLUG, TITLE, WORKSHOPS, Visitor, Walk, bare, say

PLACES = 3
HERE = f"{TITLE}، يومي 5 و6 أبريل 2022"  # As a list of meetings to choose from says it.
DAYS = ("2022-04-05", "2022-04-06")
AGENDA = (
    # kind, title, day, from, until, room, workshop
    ("opening", "الجلسة الافتتاحية", 0, "09:00", "10:00", "القاعة الكبرى", None),
    ("workshop", "أشغال الورشة الأولى", 0, "14:30", "17:00", "القاعة 1", "W1"),
    ("workshop", "أشغال الورشة الثانية", 0, "14:30", "17:00", "القاعة 2", "W2"),
    ("plenary", "الجلسة العامة", 1, "11:00", "12:30", "القاعة الكبرى", None),
)
DOCUMENT = "دليل المشارك"


def play(walk: Walk) -> None:
    """The first step."""
    _create(walk)
    _grant(walk, "organiser", "organiser.n", HERE)
    organiser = walk.at_work("organiser", "nav.dashboard").sees(say("nav.dashboard"))
    _settings(organiser)
    _rooms_and_workshops(organiser)
    _agenda(organiser)
    _document(organiser)
    for name, role, thing in (
        ("desk", "desk.m", HERE), ("secretary", "secretary.m", HERE),
        ("rapporteur", "rapporteur.m", f"{HERE} · {WORKSHOPS['W1']}"),
        ("coordinator", "coordinator.m", f"{HERE} · {WORKSHOPS['W1']}"),
    ):  # fmt: skip
        _grant(walk, name, role, thing)
    _open(organiser)
    _seen_by_everybody(walk)


def _create(walk: Walk) -> None:
    unit = walk.at_work("unit", "portal.programme").follow("meetings.new")
    unit.fill({"meetings.f.slug": SLUG, "meetings.f.code": CODE})
    _in_arabic(unit, title=TITLE, place="تيزنيت")
    unit.date("meetings.f.starts_on", DAYS[0]).date("meetings.f.ends_on", DAYS[1])
    unit.look("1-new").press("meetings.create")


def _grant(walk: Walk, account: str, role: str, thing: str) -> None:
    """The administrator finds the account, chooses the role and where it is held."""
    admin = walk.member("admin")
    admin.go("/ar/manage/accounts")
    search = admin.page.get_by_role("searchbox").first
    search.fill(f"{account}@liqaa.example")
    with admin.arrives():
        search.press("Enter")
    with admin.arrives():
        admin.page.locator("main").get_by_role("link", name=walk.name_of(account), exact=True).click()
    admin.choose("accounts.role", say(f"role.{role}"))
    admin.press("accounts.roles.choose")
    admin.choose("accounts.scope", thing)
    admin.press("accounts.roles.give").look("1-roles")
    assert thing in bare(admin.page.locator("main ul.lines").inner_text()), f"{account} does not hold the role"


def _in_arabic(visitor: Visitor, **texts: str) -> None:
    """Fill fields that are kept in several languages."""
    for name, text in texts.items():
        visitor.field("meetings.field_in", field=say(f"meetings.f.{name}"), language=say("lang.ar")).fill(text)


def _settings(organiser: Visitor) -> None:
    organiser.go(f"{MEETING}/manage/settings")
    organiser.fill({"meetings.f.capacity": str(PLACES), "meetings.f.contact_email": "tiznit@liqaa.example"})
    _in_arabic(organiser, venue="قصر المؤتمرات")
    organiser.date("meetings.f.opens_day", "2022-03-10").date("meetings.f.closes_day", "2022-04-01")
    organiser.press("action.save").sees(say("meetings.saved"))
    organiser.look("1-settings")


def _rooms_and_workshops(organiser: Visitor) -> None:
    for room in ("القاعة الكبرى", "القاعة 1", "القاعة 2"):
        organiser.go(f"{MEETING}/manage/agenda").follow("meetings.add_room")
        _in_arabic(organiser, room_name=room)
        organiser.press("action.save").sees(room)
    for number, (code, title) in enumerate(WORKSHOPS.items(), 1):
        organiser.follow("meetings.add_workshop").fill({"meetings.f.workshop_code": code, "meetings.f.places": "2"})
        _in_arabic(organiser, title=title)
        organiser.field("meetings.track").select_option(label=f"البرنامج الفرعي {number}")
        organiser.field("meetings.room").select_option(label=f"القاعة {number}")
        organiser.press("action.save").sees(title)


def _agenda(organiser: Visitor) -> None:
    for kind, title, day, starts, ends, room, workshop in AGENDA:
        organiser.follow("meetings.add_sitting")
        organiser.field("meetings.f.sitting_kind").select_option(label=say(f"sitting.{kind}"))
        _in_arabic(organiser, title=title)
        organiser.field("meetings.f.day").select_option(value=DAYS[day])
        organiser.fill({"meetings.f.starts": starts, "meetings.f.ends": ends})
        organiser.field("meetings.room").select_option(label=room)
        if workshop:
            organiser.field("nav.workshops").select_option(label=WORKSHOPS[workshop])
        organiser.press("action.save").sees(title)
    organiser.look("1-agenda")


def _document(organiser: Visitor) -> None:
    organiser.go(f"{MEETING}/manage/documents").follow("meetings.add_document")
    _in_arabic(organiser, title=DOCUMENT)
    organiser.field("meetings.f.document_kind").select_option(label=say("document.programme"))
    organiser.page.get_by_label(say("action.attach")).set_input_files(
        {"name": "guide.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n% guide\n%%EOF\n"}
    )
    organiser.press("action.save").sees(DOCUMENT)
    organiser.press("action.publish").look("1-documents")


def _open(organiser: Visitor) -> None:
    organiser.go(f"{MEETING}/manage/").look("1-dashboard")
    organiser.go(f"{MEETING}/manage/settings").follow("meetings.phase_act.open")
    organiser.look("1-open")
    organiser.press("meetings.phase_act.open").sees(say("phase.open"))


def _seen_by_everybody(walk: Walk) -> None:
    reader = walk.visitor("reader")
    reader.go("/ar/").look("1-home")
    reader.follow("nav.meeting")
