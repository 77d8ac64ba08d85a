"""A concluded meeting with decided recommendations, made by hand so that no other room's rule stands in the way."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from app.kernel.access import Actor, Grant
from app.kernel.database import db, new_id
from app.meetings.models import Document, Meeting, Quote
from app.plenary.models import Decision, Stage
from app.recommendations.models import Addressee, FieldText, Recommendation, Revision
from tests.world import World

READ_AT = datetime(2022, 3, 26, 11, 0, tzinfo=UTC)
# letter, Arabic, French, outcome, axis, addressee ("" is the group of target communes), wording before the plenary
TEXTS = (
    ("A", "إحداث خلية داخل كل جماعة تتكلف بتتبع مؤشرات الأداء تحت إشراف المدير العام للمصالح.",
     "Créer dans chaque commune une cellule de suivi des indicateurs placée sous l’autorité du directeur général.",
     "adopted_as_amended", 1, "", "إحداث خلية داخل كل جماعة لتتبع مؤشرات الأداء."),
    ("A", "نشر دليل مؤشرات تقييم الأداء قبل انطلاق كل دورة تقييم بثلاثة أشهر.", "", "adopted", 1, "ma.dgct", ""),
    ("B", "تشجيع إحداث مؤسسات التعاون بين الجماعات.", "Encourager la coopération intercommunale.", "adopted", 2,
     "ma.dgct", ""),
    ("C", "إحداث معهد للتكوين في كل جهة.", "", "deferred", 3, "ma.moi", ""),
)  # fmt: skip


def actor(world: World, person: str, role: str = "organiser", meeting: str = "agadir") -> Actor:
    """One of the cast as actions see them."""
    grant = Grant(role, "meeting", world.things[meeting])
    return Actor("account", world.people[person], f"شخص {person}", frozenset({grant}))


def conclude(world: World, name: str = "agadir", *, decided: bool = True) -> Meeting:
    """Bring the meeting to its end, with its recommendations decided unless told otherwise (flushed)."""
    meeting = db.session.get(Meeting, world.things[name])
    assert meeting is not None
    meeting.phase = "concluded"
    add_contents(meeting)
    if decided:
        add_recommendations(world, meeting, name)
    db.session.flush()
    return meeting


def add_contents(meeting: Meeting) -> None:
    """What an article shows: kicker, quotation, documents in order, broadcasts and the telegram."""
    meeting.kicker_ar = "تعد تقوية قدرات الجماعات من أهم أهداف البرنامج."
    meeting.article_ar = "افتتح اللقاء يوم الجمعة.\n\n- المحور الأول\n- المحور الثاني"
    meeting.channel_url = "https://www.youtube.com/@portail"
    db.session.add(Quote(meeting_id=meeting.id, text_ar="أضحت الجماعات شريكا متميزا للدولة", position=1,
                         text_fr="Les communes sont devenues un partenaire privilégié", person_ar="السيد خاليد سفير"))  # fmt: skip
    kinds = (("recommendations", "توصيات اللقاء"), ("strategic_plan", "المخطط الاستراتيجي"), ("programme", "وثيقة البرنامج"),
             ("telegram", "برقية الولاء والإخلاص"), ("video", "أقوى لحظات اللقاء"))  # fmt: skip
    for position, (kind, title) in enumerate(kinds, 1):
        db.session.add(Document(meeting_id=meeting.id, kind=kind, title_ar=title, position=position,
                                text="نص البرقية" if kind == "telegram" else "",
                                signatory="خديم الأعتاب الشريفة" if kind == "telegram" else ""))  # fmt: skip
    for number in (1, 2):
        db.session.add(Document(meeting_id=meeting.id, kind="stream", title_ar=f"أشغال اليوم {number}",
                                url=f"https://youtu.be/{number}", day=date(2022, 3, 24 + number)))  # fmt: skip


def add_recommendations(world: World, meeting: Meeting, name: str) -> list[Recommendation]:
    """The four texts, decided by the plenary: three numbered, one deferred."""
    db.session.add(Stage(meeting_id=meeting.id, last_number=3, amendment={}))
    rows, number = [], 0
    for serial, (letter, arabic, french, outcome, axis, addressee, before) in enumerate(TEXTS, 1):
        adopted = outcome.startswith("adopted")
        number += adopted
        programme = "papc" if name == "agadir" else "pdr"
        workshop = f"{name}.W{min('ABC'.index(letter) + 1, 2 if name == 'fes' else 3)}"
        row = Recommendation(
            id=new_id(), meeting_id=meeting.id, workshop_id=world.things[workshop], serial=serial, position=serial,
            state=outcome, axis_id=world.things[f"{programme}.axis{axis}"], horizon=date(2022, 9, 30),
            addressee_group="" if addressee else "target_communes", number=number if adopted else None,
            decided_at=READ_AT, created_at=READ_AT - timedelta(days=1), changed_at=READ_AT,
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        for lang, text in (("ar", arabic), ("fr", french)):
            if text:
                state = "" if lang == "ar" else "reviewed"
                db.session.add(FieldText(recommendation_id=row.id, field=f"body.{lang}", text=text, rev=1,
                                         translation=state))  # fmt: skip
                db.session.add(Revision(id=new_id(), recommendation_id=row.id, field=f"body.{lang}", rev=1, text=text,
                                        author="مقرر", at=READ_AT))  # fmt: skip
        if addressee:
            db.session.add(Addressee(recommendation_id=row.id, body_id=world.things[addressee]))
        db.session.add(_decision(meeting, row, arabic, before))
        rows.append(row)
    db.session.flush()
    return rows


def _decision(meeting: Meeting, row: Recommendation, text: str, before: str) -> Decision:
    return Decision(
        meeting_id=meeting.id, recommendation_id=row.id, outcome=row.state,
        mode="hands" if before else "consensus", votes_for=41 if before else None,
        votes_against=2 if before else None, abstentions=1 if before else None,
        texts_before={"ar": before or text}, texts_after={"ar": text}, number=row.number,
        reason="" if row.number else "يُعرض على اللقاء المقبل", read_by="كاتب الجلسة", decided_at=READ_AT,
    )  # fmt: skip
