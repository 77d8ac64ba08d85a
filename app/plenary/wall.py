"""What the wall shows, as one small document: the text with its amendment, the decision, the count, what comes next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import url_for

from app.kernel.clock import stamp
from app.kernel.languages import t
from app.meetings.models import Meeting
from app.plenary import queries
from app.plenary.diff import word_diff
from app.plenary.models import Decision, Stage
from app.plenary.states import OUTCOMES
from app.recommendations.models import Recommendation

LANGS = ("ar", "fr")


def texts_of(recommendation: Recommendation, amendment: dict[str, str], decision: Decision | None) -> dict[str, Any]:
    """The pieces of each language's text: same, struck out, put in."""
    shown = {}
    for lang in LANGS:
        now = recommendation.text(f"body.{lang}")
        before = decision.texts_before.get(lang, now) if decision else now
        after = now if decision else amendment.get(lang, now)
        if before or after:
            shown[lang] = [piece._asdict() for piece in word_diff(before, after)]
    return shown


def state(meeting: Meeting, stage: Stage, now: datetime) -> dict[str, Any]:
    """The whole state of the wall; `rev` is its ETag, `next` are the texts it keeps for a lost network."""
    line = queries.queue(meeting.id)
    decisions = queries.standing_decisions(meeting.id)
    current = next((one for one in line if one.id == stage.recommendation_id), None)
    done = sum(1 for one in line if one.state in OUTCOMES)
    answer: dict[str, Any] = {
        "now": stamp(now), "rev": stage.rev, "blank": stage.blank, "done": done, "total": len(line), "current": None,
        "next": [], "timer_ends": stamp(stage.timer_ends) if stage.timer_ends else None,
    }  # fmt: skip
    if current is not None:
        answer["current"] = _shown(meeting, current, stage.amendment, decisions.get(current.id))
        at = line.index(current)
        following = line[at + 1 : at + 1 + queries.PRELOADED]
        answer["next"] = [_shown(meeting, one, {}, decisions.get(one.id)) for one in following]
    return answer


def _shown(
    meeting: Meeting, one: Recommendation, amendment: dict[str, str], decision: Decision | None
) -> dict[str, Any]:
    return {
        "id": one.id,
        "code": number_of(meeting, one) or one.draft_code,
        "workshop": {"ar": one.workshop.title_ar, "fr": one.workshop.title_fr},
        "texts": texts_of(one, amendment, decision),
        "outcome": decision.outcome if decision else None,
        "words": {lang: t(f"text.{decision.outcome}", lang=lang) for lang in LANGS} if decision else {},
    }


def number_of(meeting: Meeting, one: Recommendation) -> str:
    """The definitive number as it is printed, such as 2022/13; empty before adoption."""
    return f"{meeting.starts_on.year}/{one.number}" if one.number else ""


def address(meeting: Meeting, stage: Stage) -> str:
    """The path of the wall's page."""
    token = queries.wall_token(meeting.id, stage.link_version)
    return url_for("plenary.wall", slug=meeting.slug, wall_token=token, lang="ar")
