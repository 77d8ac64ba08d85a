"""The commitments of one body: its own page, the public one, and where it stands beside the median."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.followup import derived
from app.followup.models import Commitment, Extension
from app.followup.queries import sums
from app.followup.queries.sums import Sums
from app.followup.queries.tracker import Line, give_texts
from app.followup.states import Response
from app.kernel.database import db
from app.meetings.models import Meeting
from app.recommendations.models import Recommendation
from app.territory.models import Body

LATE, SOON, WAITING, GOING, AT_UNIT, DONE, OTHER = "late", "soon", "waiting", "going", "at_unit", "done", "other"
GROUPS = (LATE, SOON, WAITING, GOING, AT_UNIT)


@dataclass
class Own:
    """A commitment of the body with the words of its recommendation."""

    commitment: Commitment
    line: Line
    today: date

    @cached_property
    def kind(self) -> str:
        return derived.kind_of(self.commitment.response, self.commitment.state)

    @property
    def word(self) -> str:
        """The key of its state's words."""
        return derived.word_of_commitment(self.commitment.response, self.commitment.state)

    @cached_property
    def late(self) -> bool:
        return derived.overdue(self.commitment, self.today)

    @cached_property
    def months_late(self) -> int:
        due = self.commitment.current_due
        return derived.months_between(due, self.today) if self.late and due else 0

    @cached_property
    def group(self) -> str:
        """Where it stands on the body's page: the first that fits of late, soon, waiting for an answer, under way."""
        if self.late:
            return LATE
        if self.kind in (derived.VERIFIED, derived.REPORTED):
            return DONE if self.kind == derived.VERIFIED else AT_UNIT
        if self.kind in (derived.NA, derived.CLOSED):
            return OTHER
        if self.commitment.response == Response.AWAITING:
            return WAITING
        return SOON if derived.due_soon(self.commitment, self.today) else GOING


def line_of(meeting: Meeting, commitment: Commitment) -> Line:
    """The words and number of a commitment's recommendation (one query)."""
    return _lines(meeting, [commitment.recommendation])[commitment.recommendation_id]


def lines_of(meeting: Meeting, commitments: Iterable[Commitment]) -> dict[str, Line]:
    """The same for many, by the recommendation's id (one query)."""
    return _lines(meeting, {one.recommendation_id: one.recommendation for one in commitments}.values())


def having(recommendation: Recommendation) -> set[str]:
    """The ids of the bodies that have a commitment to it."""
    return set(db.session.scalars(select(Commitment.body_id).where(Commitment.recommendation_id == recommendation.id)))


def _lines(meeting: Meeting, recommendations: Iterable[Recommendation]) -> dict[str, Line]:
    found = {
        one.id: Line(one.id, one.number or 0, meeting.starts_on.year, one.axis_id, bool(one.addressee_group), Sums())
        for one in recommendations
    }
    give_texts(found.values())
    return found


def of_body(meeting: Meeting, body: Body, today: date) -> list[Own]:
    """The body's commitments, the most urgent first: by due date, then by number (a fixed number of queries)."""
    rows = list(
        db.session.scalars(
            select(Commitment)
            .where(Commitment.meeting_id == meeting.id, Commitment.body_id == body.id)
            .options(selectinload(Commitment.recommendation), selectinload(Commitment.tasks))
        )
    )
    lines = _lines(meeting, [row.recommendation for row in rows])
    own = [Own(row, lines[row.recommendation_id], today) for row in rows]
    return sorted(own, key=lambda one: (one.commitment.current_due or date.max, one.line.number))


def meetings_of(code: str) -> list[Meeting]:
    """The meetings in which the body with this code has commitments, the latest first (one query)."""
    return list(
        db.session.scalars(
            select(Meeting)
            .where(
                Meeting.rehearsal.is_(False),
                Meeting.id.in_(
                    select(Commitment.meeting_id).join(Body, Body.id == Commitment.body_id).where(Body.code == code)
                ),
            )
            .order_by(Meeting.starts_on.desc(), Meeting.id)
        )
    )


@dataclass
class Mine:
    """A body's page: its commitments by urgency and where it stands beside the median."""

    body: Body
    rows: list[Own]
    total: int
    verified: int
    median: float | None = None
    members: int = 0
    asked: dict[str, Extension] = field(default_factory=dict)

    def group(self, name: str) -> list[Own]:
        return [row for row in self.rows if row.group == name]

    @property
    def soon(self) -> int:
        """How many are due within thirty days."""
        return sum(derived.due_soon(row.commitment, row.today) for row in self.rows)

    @property
    def silent(self) -> int:
        """How many wait for the body's answer."""
        return sum(row.kind == derived.SILENT for row in self.rows)

    @property
    def parts(self) -> list[tuple[str, int]]:
        """How many are in which state, the furthest first."""
        kinds = [row.kind for row in self.rows]
        return [(kind, kinds.count(kind)) for kind in (*derived.KINDS, derived.CLOSED) if kind in kinds]


def mine(meeting: Meeting, body: Body, today: date) -> Mine:
    """Everything the body's page shows (a fixed number of queries)."""
    rows = of_body(meeting, body, today)
    counted = [row for row in rows if row.kind != derived.NA]
    verified = sum(row.kind == derived.VERIFIED for row in counted)
    page = Mine(body, rows, len(counted), verified)
    others = _communes(meeting, today)
    if body.kind == "commune" and len(others) > 2:
        page.median, page.members = derived.median_of(others.values()), len(others)
    waiting = select(Extension).where(
        Extension.state == "asked", Extension.commitment_id.in_([row.commitment.id for row in rows])
    )
    page.asked = {one.commitment_id: one for one in db.session.scalars(waiting)}
    return page


def _communes(meeting: Meeting, today: date) -> dict[str, int]:
    """How many commitments each commune of the meeting has verified."""
    shares = sums.shares_by_body(meeting, today)
    communes = db.session.scalars(select(Body.id).where(Body.kind == "commune", Body.id.in_(shares)))
    return {ident: shares[ident].verified for ident in communes if shares[ident].total}


@dataclass
class FollowUp:
    """The follow-up of one recommendation, as its public page shows it."""

    line: Line
    rows: list[Own]
    today: date

    @property
    def sums(self) -> Sums:
        return self.line.sums

    @property
    def parts(self) -> list[tuple[str, int]]:
        """How many bodies are in which state, the furthest first."""
        counts = self.sums.counts
        return [(kind, counts[kind]) for kind in (*derived.KINDS, derived.CLOSED) if counts.get(kind)]

    @staticmethod
    def word(kind: str) -> str:
        """The key of the words of a kind."""
        return derived.word_of(kind)

    @property
    def reported(self) -> int:
        """How many say that it is done, those already verified among them."""
        return sum(self.sums.counts.get(kind, 0) for kind in (derived.REPORTED, derived.VERIFIED))

    @property
    def verified(self) -> int:
        return self.sums.counts.get(derived.VERIFIED, 0)

    @property
    def months_late_original(self) -> int:
        """Whole months since the original date, while it is not reported done by half."""
        if self.sums.original is None or self.sums.reached(derived.REPORTED, derived.VERIFIED):
            return 0
        return derived.months_between(self.sums.original, self.today) if self.sums.original < self.today else 0

    @property
    def evidence(self) -> list[tuple[Own, object, bool]]:
        """Public evidence with its commitment, and whether it was verified."""
        return [
            (row, proof, report.verdict == "verified")
            for row in self.rows
            for report in row.commitment.reports
            if report.verdict != "sent_back"
            for proof in report.evidence
            if proof.public
        ]

    @property
    def tasks(self) -> list[tuple[Own, object]]:
        """The published tasks with their commitment."""
        return [(row, task) for row in self.rows for task in row.commitment.tasks if task.published_at]


def of_recommendation(recommendation_id: str, today: date) -> FollowUp | None:
    """What became of one recommendation, body by body (a fixed number of queries); None before it was opened."""
    rows = list(
        db.session.scalars(
            select(Commitment)
            .where(Commitment.recommendation_id == recommendation_id)
            .join(Commitment.body)
            .order_by(Body.sort_ar, Body.id)
            .options(
                selectinload(Commitment.recommendation), selectinload(Commitment.tasks),
                selectinload(Commitment.reports),
            )
        )
    )  # fmt: skip
    if not rows:
        return None
    meeting = db.session.get_one(Meeting, rows[0].meeting_id)
    line = _lines(meeting, [rows[0].recommendation])[recommendation_id]
    line.sums = sums.by_recommendation(meeting, today, only=recommendation_id).get(recommendation_id, Sums())
    return FollowUp(line, [Own(row, line, today) for row in rows], today)
