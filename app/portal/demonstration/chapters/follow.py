"""From April 2022 to March 2023: the bodies answer, plan, report; the programme unit verifies; some stay silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from app.followup.actions import (
    Answer,
    Plan,
    Proof,
    ask_extension,
    block,
    decide_extension,
    plan,
    publish_task,
    report,
    respond,
    send_back,
    verify,
)
from app.followup.models import Commitment, Extension
from app.kernel.access import Actor, Grant
from app.kernel.clock import Clock
from app.kernel.database import db
from app.portal.demonstration.story import Story
from app.territory.models import Body

FIRST_ANSWERS = datetime(2022, 4, 18, 10, 0)
YEAR_END = date(2023, 6, 30)
OWN_COMMUNE = "09.001.01.01"
OWNERS = (
    "مدير المصالح",
    "رئيس القسم التقني",
    "رئيس مصلحة الموارد البشرية",
    "رئيسة مصلحة التواصل",
    "رئيس المصلحة المالية",
)
TASKS = (
    ("إعداد برنامج التنفيذ وعرضه على المكتب", "Établir le programme d’exécution et le présenter au bureau"),
    ("تعيين فريق العمل وتوزيع المهام", "Désigner l’équipe et répartir les tâches"),
    ("إدراج الاعتمادات في ميزانية السنة", "Inscrire les crédits au budget de l’année"),
    ("إعداد الوثائق ونشرها على الموقع", "Préparer les documents et les publier sur le site"),
)
CAUSES = ("money", "staff", "procurement", "third_party", "law")
NEWS = (
    "انطلق العمل وأُنجزت المرحلة الأولى.",
    "عُقد اجتماعان مع المصالح المعنية وحُدد الجدول الزمني.",
    "أُنجز نصف المطلوب.",
)
DONE = "أُنجز ما تنص عليه التوصية، والوثيقة المرفقة تثبت ذلك."
Acts = list[tuple[datetime, Callable[..., object]]]


def play(story: Story) -> None:
    """Every commitment has its own story, drawn once for all from the temper of its body."""
    rows = (
        db.session.query(Commitment)
        .join(Body, Body.id == Commitment.body_id)
        .filter(Commitment.meeting_id == story.meeting.id)
        .order_by(Body.code, Commitment.original_due, Commitment.recommendation_id)
        .all()
    )
    numbers = {one.recommendation_id: one.recommendation.number or 0 for one in rows}
    acts: Acts = []
    tempers: dict[str, float] = {}
    for one in sorted(rows, key=lambda row: (row.body.code or "", numbers[row.recommendation_id])):
        temper = tempers.setdefault(one.body_id, _temper(story.chance, one.body))
        acts += _story_of(story, one, temper)
    story.run(acts)


def _temper(chance: Random, body: Body) -> float:
    """How a body follows up, from 0 (silent) to 1; ministries and the directorate always answer."""
    if body.code == OWN_COMMUNE:
        return 0.5  # The commune of the demonstration's own officer has work of every kind.
    return chance.uniform(0.05, 1.0) if body.kind == "commune" else chance.uniform(0.75, 1.0)


def _officer(body: Body) -> Actor:
    return Actor("account", None, f"المكلف بالتتبع: {body.name_ar}", frozenset({Grant("officer", "body", body.id)}))


def _story_of(story: Story, one: Commitment, temper: float) -> Acts:
    chance, officer = story.chance, _officer(one.body)
    if temper < 0.28 or chance.random() > temper + 0.35:
        return []
    wall = FIRST_ANSWERS + timedelta(
        days=chance.randint(0, round(20 + 90 * (1 - temper))), minutes=chance.randint(0, 400)
    )
    answer = _answer(chance, one)
    acts: Acts = [(wall, partial(respond, one, answer=answer, actor=officer))]
    if answer.response not in {"accepted", "accepted_in_part"} or chance.random() > temper + 0.3:
        return acts
    wall += timedelta(days=chance.randint(4, 30))
    acts.append((wall, partial(_plan, story, one, officer)))
    if chance.random() > temper + 0.2:
        return acts
    wall += timedelta(days=chance.randint(25, 70))
    later = _outcome(story, one, officer, wall, temper)
    if not later:
        news = chance.choice(NEWS)
        return [*acts, (wall, partial(report, one, claimed="in_progress", narrative=news, actor=officer))]
    return acts + later


def _outcome(story: Story, one: Commitment, officer: Actor, wall: datetime, temper: float) -> Acts:
    chance, unit = story.chance, story.actors["unit"]
    draw = chance.random()
    if draw < 0.09:
        return [(wall + timedelta(days=chance.randint(10, 40)), partial(_block, chance.choice(CAUSES), one, officer))]
    acts: Acts = []
    if draw < 0.2:
        asked = wall + timedelta(days=chance.randint(5, 20))
        acts.append((asked, partial(_extend, one, officer, unit)))
        wall = asked
    if chance.random() > temper:
        return acts
    wall += timedelta(days=chance.randint(20, 120))
    acts.append((wall, partial(_report_done, one, officer)))
    verdict = wall + timedelta(days=chance.randint(7, 28))
    second = chance.random()
    if second < 0.66:
        acts.append((verdict, partial(verify, one, actor=unit, note="روجعت الوثيقة مع المصلحة المعنية.")))
    elif second < 0.74:
        reason = "الوثيقة لا تثبت التنفيذ الفعلي؛ المرجو إرفاق المقرر المؤشر عليه."
        acts.append((verdict, partial(send_back, one, reason=reason, actor=unit)))
    return acts


def _answer(chance: Random, one: Commitment) -> Answer:
    lead, due = chance.choice(OWNERS), one.original_due or YEAR_END
    draw = chance.random()
    if draw < 0.88:
        return Answer("accepted", lead_name=lead, due=due)
    if draw < 0.94:
        part = "الشق المتعلق باختصاصات الجماعة دون الشق المالي."
        return Answer("accepted_in_part", lead_name=lead, due=due, part=part, reason="الاعتمادات غير متوفرة هذه السنة.")
    if draw < 0.97:
        return Answer("not_accepted", reason="تتجاوز هذه التوصية اختصاصات الهيئة.")
    return Answer("noted", reason="تُدرس في إطار برنامج عمل الجماعة المقبل.")


def _plan(story: Story, one: Commitment, officer: Actor, *, clock: Clock) -> None:
    title_ar, title_fr = story.chance.choice(TASKS)
    due = max(one.current_due or YEAR_END, clock.today(story.meeting.zone) + timedelta(days=30))
    task = Plan(title_ar, story.chance.choice(OWNERS), due, title_fr, "المرحلة الأولى من التنفيذ")
    row = plan(one, task=task, actor=officer, clock=clock)
    if story.chance.random() < 0.6:
        publish_task(row, actor=story.actors["unit"], clock=clock)


def _block(cause: str, one: Commitment, officer: Actor, *, clock: Clock) -> None:
    review = clock.today("Africa/Casablanca") + timedelta(days=60)
    block(one, cause=cause, unblock_by="المديرية العامة للجماعات الترابية", review_on=review,
          note="راسلنا المصلحة المعنية وننتظر جوابها.", actor=officer, clock=clock)  # fmt: skip


def _extend(one: Commitment, officer: Actor, unit: Actor, *, clock: Clock) -> None:
    due = max(one.current_due or YEAR_END, clock.today("Africa/Casablanca")) + timedelta(days=120)
    asked: Extension = ask_extension(
        one, due=due, reason="تأخر التأشير على الصفقة بسبب مراجعة دفتر التحملات.", actor=officer, clock=clock
    )  # fmt: skip
    decide_extension(asked, approve=True, actor=unit, clock=clock)


def _report_done(one: Commitment, officer: Actor, *, clock: Clock) -> None:
    link = "https://www.collectivites.example/deliberations"
    proof = Proof("deliberation", f"مقرر مجلس {one.body.name_ar}", public=True, url=link)
    report(one, claimed="reported_done", narrative=DONE, proofs=[proof], actor=officer, clock=clock)
