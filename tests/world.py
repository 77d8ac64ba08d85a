"""The filled world of the tests: two programmes, two meetings, their workshops and agenda, and a fixed cast."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from app.accounts.models import Account, RoleGrant
from app.kernel.database import Base, db
from app.kernel.text import fold, sort_key
from app.meetings.models import Axis, Category, Meeting, Membership, Programme, Room, Sitting, Track, Workshop
from app.participants.models import Seats
from app.territory.models import Body

CATEGORIES = (
    "chair", "authority_regional", "governor_director", "president", "elected", "commune_staff", "central_cadre",
    "central_admin", "territorial_admin", "partner", "guest",
)  # fmt: skip
NAMES = ("أحمد", "نادية", "رشيد", "نعيمة", "سعيد", "خديجة", "يوسف", "مليكة", "حسن", "سناء", "إدريس", "زهرة", "كريم")
MADE = datetime(2022, 1, 1, tzinfo=UTC)

# code, kind, parent, Arabic, French
BODIES = (
    ("ma.moi", "ministry", None, "وزارة الداخلية", "Ministère de l'Intérieur"),
    ("ma.dgct", "directorate", "ma.moi", "المديرية العامة للجماعات الترابية", "DGCT"),
    ("ma.mef", "ministry", None, "وزارة الاقتصاد والمالية", "Ministère de l'Économie et des Finances"),
    ("09", "region", None, "سوس - ماسة", "Souss-Massa"),
    ("09.001", "prefecture", "09", "أكادير إدا وتنان", "Agadir-Ida-Ou-Tanane"),
    ("09.273", "prefecture", "09", "إنزكان آيت ملول", "Inezgane-Ait Melloul"),
    ("09.001.01.01", "commune", "09.001", "أكادير", "Agadir"),
    ("09.273.01.05", "commune", "09.273", "آيت ملول", "Ait Melloul"),
    ("09.273.01.13", "commune", "09.273", "الدشيرة الجهادية", "Dcheira El Jihadia"),
    ("03", "region", None, "فاس - مكناس", "Fès-Meknès"),
    ("03.231", "prefecture", "03", "فاس", "Fès"),
    ("03.231.01.0", "commune", "03.231", "فاس", "Fès"),
)
# person: role, kind of scope, name of the thing in `World.things`
CAST = {
    "admin": ("administrator", "installation", None),
    "organiser": ("organiser", "meeting", "agadir"),
    "desk": ("desk", "meeting", "agadir"),
    "coordinator": ("coordinator", "workshop", "agadir.W1"),
    "rapporteur": ("rapporteur", "workshop", "agadir.W1"),
    "rapporteur2": ("rapporteur", "workshop", "agadir.W2"),
    "secretary": ("secretary", "meeting", "agadir"),
    "officer": ("officer", "body", "09.001.01.01"),
    "officer2": ("officer", "body", "09.273.01.05"),
    "official": ("official", "body", "09.001.01.01"),
    "unit": ("programme_unit", "programme", "papc"),
    "outsider": ("organiser", "meeting", "fes"),
    "nobody": (None, "", None),
}


Row = TypeVar("Row", bound=Base)


@dataclass
class World:
    """Ids by name: `people["organiser"]`, `things["agadir"]`, `things["agadir.W1"]`, `things["09.001.01.01"]`."""

    people: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)


def build_world() -> World:
    """Fill an empty database; flushed, the caller commits."""
    world = World()
    _bodies(world)
    programme = _programme(world, "papc", 3)
    _meeting(world, programme, "agadir", "agadir-2022", "AGA22", date(2022, 3, 25), 320)
    other = _programme(world, "pdr", 2)
    _meeting(world, other, "fes", "fes-2023", "FES23", date(2023, 5, 11), 50)
    _people(world)
    return world


def _add(world: World, name: str, row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    world.things[name] = row.id  # type: ignore[attr-defined]
    return row


def _bodies(world: World) -> None:
    lineages: dict[str | None, str] = {None: ""}
    for code, kind, parent, arabic, french in BODIES:
        row = Body(
            code=code, kind=kind, parent_id=world.things.get(parent or ""), name_ar=arabic, name_fr=french,
            folded=f"{fold(arabic)} {fold(french)}", sort_ar=sort_key(arabic, "ar"), sort_fr=sort_key(french, "fr"),
        )  # fmt: skip
        _add(world, code, row)
        row.lineage = lineages[code] = f"{lineages[parent]}/{row.id}".strip("/")


def _programme(world: World, slug: str, tracks: int) -> Programme:
    row = _add(world, slug, Programme(slug=slug, acronym=slug.upper(), name_ar="برنامج تحسين أداء الجماعات",
                                      name_fr="Programme d'amélioration de la performance des communes",
                                      name_en="Communes' Performance Improvement Programme", announced_communes=103,
                                      launch_year=2019, years=5, owner_id=world.things["ma.moi"]))  # fmt: skip
    for number in range(1, 4):
        axis = Axis(programme_id=row.id, position=number, title_ar=f"المحور {number}", title_fr=f"Axe {number}",
                    title_en=f"Axis {number}")  # fmt: skip
        _add(world, f"{slug}.axis{number}", axis)
    for number in range(1, tracks + 1):
        track = Track(programme_id=row.id, position=number, title_ar=f"البرنامج الفرعي {number}",
                      title_fr=f"Sous-programme {number}", title_en=f"Track {number}")  # fmt: skip
        _add(world, f"{slug}.track{number}", track)
    for code in ("09.001.01.01", "09.273.01.05", "09.273.01.13"):
        db.session.add(Membership(programme_id=row.id, body_id=world.things[code], joined_on=date(2019, 7, 1)))
    return row


def _meeting(
    world: World, programme: Programme, name: str, slug: str, code: str, first: date, capacity: int
) -> None:  # fmt: skip
    opens = datetime(first.year, first.month, first.day, 9) - timedelta(days=30)
    meeting = Meeting(
        slug=slug, code=code, programme_id=programme.id, phase="open", title_ar="لقاء تواصلي حول البرنامج",
        title_fr="Rencontre de communication", title_en="Communication meeting", place_ar="أكادير", place_fr="Agadir",
        place_en="Agadir", starts_on=first, ends_on=first + timedelta(days=1), capacity=capacity,
        registration_opens=opens, registration_closes=opens + timedelta(days=26), organiser_id=world.things["ma.dgct"],
        commune_id=world.things["09.001.01.01"], contact_email="organisers@liqaa.example",
        controller_ar="المديرية العامة للجماعات الترابية", controller_fr="DGCT", receipt_number="D-90/2022",
        receipt_on=date(2022, 1, 18), short_ar="لقاء أكادير", short_fr="Rencontre d'Agadir", short_en="Agadir meeting",
    )  # fmt: skip
    _add(world, name, meeting)
    db.session.add(Seats(meeting_id=meeting.id, capacity=capacity, taken=0))
    for position, category in enumerate(CATEGORIES, 1):
        db.session.add(Category(meeting_id=meeting.id, code=category, position=position))
    hall = _add(world, f"{name}.hall", Room(meeting_id=meeting.id, name_ar="القاعة الكبرى", name_fr="Grande salle",
                                            name_en="Main hall", places=400))  # fmt: skip
    _agenda(
        world, meeting, name, hall, [track for track in world.things if track.startswith(f"{programme.slug}.track")]
    )


def _agenda(world: World, meeting: Meeting, name: str, hall: Room, tracks: list[str]) -> None:
    day = datetime(meeting.starts_on.year, meeting.starts_on.month, meeting.starts_on.day)

    def sitting(kind: str, start: float, end: float, title: str, **more: object) -> None:
        row = Sitting(meeting_id=meeting.id, kind=kind, starts=day + timedelta(hours=start),
                      ends=day + timedelta(hours=end), title_ar=title, title_fr=f"Séance {kind}",
                      title_en=f"Sitting {kind}", **{"room_id": hall.id, **more})  # fmt: skip
        _add(world, f"{name}.{kind}{start:g}", row)

    sitting("opening", 9, 10, "الكلمة الافتتاحية", live=True)
    for position, track in enumerate(tracks, 1):
        room = _add(world, f"{name}.room{position}", Room(meeting_id=meeting.id, name_ar=f"القاعة {position}",
                                                          name_fr=f"Salle {position}", name_en=f"Room {position}"))  # fmt: skip
        workshop = Workshop(meeting_id=meeting.id, track_id=world.things[track], code=f"W{position}",
                            letter="ABCDEF"[position - 1], position=position, title_ar=f"الورشة {position}",
                            title_fr=f"Atelier {position}", title_en=f"Workshop {position}", places=40,
                            room_id=room.id)  # fmt: skip
        _add(world, f"{name}.W{position}", workshop)
        for start in (14.75, 33):
            sitting(
                "workshop", start, start + 2, f"الورشة {position}", room_id=room.id, workshop_id=workshop.id, slot="P1"
            )
    sitting("plenary", 35.5, 36.5, "الجلسة العامة")
    sitting("closing", 36.5, 37, "الكلمة الختامية")


def _people(world: World) -> None:
    for number, (person, (role, scope, thing)) in enumerate(CAST.items()):
        account = Account(
            email=f"{person}@liqaa.example", name=f"{NAMES[number % len(NAMES)]} المنصوري", created_at=MADE
        )
        db.session.add(account)
        db.session.flush()
        world.people[person] = account.id
        if role:
            db.session.add(RoleGrant(account_id=account.id, role=role, scope=scope,
                                     scope_id=world.things[thing] if thing else None))  # fmt: skip
    db.session.flush()
