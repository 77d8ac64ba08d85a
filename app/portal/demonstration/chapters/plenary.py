"""26 March 2022 from 11:20: the recommendations are read one after the other, and decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from app.kernel.clock import Clock
from app.meetings.actions import change_phase
from app.plenary import queries
from app.plenary.actions import Choice, Vote, decide, fill_queue, show
from app.plenary.states import Mode, Outcome
from app.portal.demonstration.story import Story
from app.recommendations.models import Recommendation

QUEUED, FIRST, EACH = datetime(2022, 3, 26, 11, 12), datetime(2022, 3, 26, 11, 21), timedelta(seconds=75)
CONCLUDED = datetime(2022, 3, 26, 13, 0)
# By the code of the demonstration's own table: what the plenary did otherwise than adopt by consensus.
AMENDED = {
    "REC-01-02": ("20 يوم عمل", "15 يوم عمل", "20 jours", "15 jours"),
    "REC-02-06": ("20 يوما", "15 يوما", "20 jours", "15 jours"),
    "REC-03-04": ("30%", "الثلث", "30 %", "un tiers"),
    "REC-03-09": ("", " قبل متم سنة 2023", "", " avant la fin de 2023"),
}
DEFERRED = {
    "REC-01-12": "تُعرض على لجنة تقنية لتقدير كلفتها.",
    "REC-02-05": "تتطلب رأي وزارة الاقتصاد والمالية.",
    "REC-03-16": "خارج اختصاص الورشة: تُحال على اللجنة المختصة.",
}
REFUSED = {
    "REC-01-11": "لا يسمح بها الإطار القانوني الحالي.",
    "REC-02-14": "تنظم الجهة لقاء مماثلا كل سنة.",
}


def play(story: Story) -> None:
    """Fill the queue, read everything, decide, and conclude."""
    secretary = story.actors["secretary"]
    fill_queue(meeting=story.meeting, actor=secretary, clock=story.at(QUEUED))
    codes = {ident: code for code, ident in story.idents.items()}
    acts: list[tuple[datetime, Callable[..., object]]] = []
    for number, one in enumerate(queries.queue(story.meeting.id)):
        wall = FIRST + EACH * number
        code = codes[one.id]
        acts.append((wall, partial(show, meeting=story.meeting, recommendation=one, actor=secretary)))
        acts.append((wall + timedelta(seconds=60), partial(_decide, story, one, code, number)))
    story.run(acts)
    change_phase(story.meeting, "concluded", actor=story.actors["organiser"], clock=story.at(CONCLUDED))


def _decide(story: Story, one: Recommendation, code: str, number: int, *, clock: Clock) -> None:
    choice = Choice(Outcome.ADOPTED)
    if code in AMENDED:
        choice = Choice(Outcome.AMENDED, texts=_amended(one, *AMENDED[code]))
    elif code in DEFERRED:
        choice = Choice(Outcome.DEFERRED, reason=DEFERRED[code])
    elif code in REFUSED:
        choice = Choice(Outcome.NOT_ADOPTED, Mode.HANDS, Vote(61, 148, 12), reason=REFUSED[code])
    elif number % 11 == 5:
        choice = Choice(Outcome.ADOPTED, Mode.HANDS, Vote(187, 14, 9))
    decide(meeting=story.meeting, recommendation=one, choice=choice, actor=story.actors["secretary"], clock=clock)


def _amended(one: Recommendation, out_ar: str, in_ar: str, out_fr: str, in_fr: str) -> dict[str, str]:
    """The amended texts: a word replaced, or words added before the full stop."""
    texts = {}
    for lang, out, new in (("ar", out_ar, in_ar), ("fr", out_fr, in_fr)):
        text = one.text(f"body.{lang}").replace("\u202f", " ").replace("\u00a0", " ")
        texts[lang] = text.replace(out, new) if out and out in text else f"{text.rstrip('.')}{new}."
    return texts
