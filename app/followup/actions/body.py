"""What a body does with its commitment: answer, plan, report, say that it is blocked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO
from urllib.parse import urlsplit

from app.followup import states
from app.followup.actions.common import locked, meeting_of, needed, record, step
from app.followup.models import Commitment, Evidence, ProgressReport
from app.followup.states import BODY, Cause, EvidenceKind, Response, Work
from app.kernel import files
from app.kernel.access import Actor, require
from app.kernel.clock import Clock
from app.kernel.errors import Refusal


@dataclass(frozen=True)
class Proof:
    """A piece of evidence as it is handed in: a file or a link, its title, and whether everybody may see it."""

    kind: str
    title: str
    public: bool = False
    url: str = ""
    stream: BinaryIO | None = None
    filename: str = ""


@dataclass(frozen=True)
class Answer:
    """What a body answers; which members are needed depends on the response."""

    response: str
    lead_name: str = ""
    due: date | None = None
    part: str = ""
    reason: str = ""


def respond(commitment: Commitment, *, answer: Answer, actor: Actor, clock: Clock) -> Commitment:
    """The body's answer stands: an acceptance with lead and due date, a refusal with its reason.

    The first date given becomes the original one for ever; where the recommendation set one, the body may promise
    less time but not more. Refuses with `answer_given`, `accept_needs`, `part_needs`, `reason_missing`,
    `original_due`, `date_after`.
    """
    require(actor, "followup.work", commitment)
    locked(commitment)
    if answer.response not in set(Response):
        raise Refusal("choice", field="response")
    needs = states.answer(commitment.response, answer.response)
    _check(needs, answer)
    if "due" in needs:
        _promise(commitment, answer, clock)
    commitment.response = answer.response
    commitment.response_part = answer.part.strip() if "part" in needs else ""
    commitment.response_reason = answer.reason.strip()
    commitment.responded_at = commitment.state_at = clock.now()
    due = commitment.current_due.isoformat() if commitment.current_due and "due" in needs else ""
    record(
        "answered", commitment, actor=actor, clock=clock, fields=["response"], response=answer.response, due=due,
        part=commitment.response_part, reason=commitment.response_reason,
    )  # fmt: skip
    return commitment


def _check(needs: frozenset[str], answer: Answer) -> None:
    if ("lead" in needs and not answer.lead_name.strip()) or ("due" in needs and answer.due is None):
        raise Refusal("accept_needs", field="due" if answer.lead_name.strip() else "lead_name")
    if "part" in needs:
        needed(answer.part, "part_needs", "part")
    if "reason" in needs:
        needed(answer.reason)


def _promise(commitment: Commitment, answer: Answer, clock: Clock) -> None:
    due, original = answer.due, commitment.original_due
    assert due is not None
    today = clock.today(meeting_of(commitment).zone)
    if original is not None and due > original:
        raise Refusal("original_due", field="due")
    if due < today and due != original:
        raise Refusal("date_after", field="due", date=today)
    commitment.lead_name = answer.lead_name.strip()
    commitment.original_due = original or due
    commitment.current_due = due


def report(
    commitment: Commitment, *, claimed: str, narrative: str, proofs: Sequence[Proof] = (), lang: str = "ar",
    actor: Actor, clock: Clock,
) -> ProgressReport:  # fmt: skip
    """What was done since the last report; `reported_done` needs a narrative and a proof, and is the first key only.

    Work that is reported was under way: the steps between are taken. A narrative is needed unless nothing changed
    (`claimed` is the present state). Refuses with `report_needs`, `plan_needs`, `answer_first`, `commitment_move`.
    """
    require(actor, "followup.work", commitment)
    locked(commitment)
    told, before = narrative.strip(), commitment.state
    if claimed == Work.REPORTED and not (told and proofs):
        raise Refusal("report_needs", field="proof" if told else "narrative")
    evidence = [_evidence(one, clock) for one in proofs]
    _go_on(commitment, claimed, clock)
    row = ProgressReport(
        commitment_id=commitment.id, claimed=claimed, narrative=told, lang=lang, author=actor.label[:160],
        author_id=actor.id, at=clock.now(),
    )  # fmt: skip
    row.evidence = evidence
    commitment.reports.append(row)
    commitment.last_report_at = clock.now()
    record(
        "reported", commitment, actor=actor, clock=clock, fields=["state"] if before != claimed else [],
        claimed=claimed, narrative=told, proofs=len(row.evidence), report=row.id,
    )  # fmt: skip
    return row


def _go_on(commitment: Commitment, claimed: str, clock: Clock) -> None:
    """Take the steps from the present state to the claimed one."""
    if claimed == commitment.state and claimed in (Work.PLANNED, Work.IN_PROGRESS, Work.BLOCKED, Work.REOPENED):
        return
    if claimed not in (Work.IN_PROGRESS, Work.REPORTED):
        raise Refusal("choice", field="claimed")
    if commitment.state == Work.NOT_STARTED and Response(commitment.response) in states.ACCEPTING:
        raise Refusal("plan_needs")
    if claimed == Work.IN_PROGRESS or commitment.state != Work.IN_PROGRESS:
        step(commitment, Work.IN_PROGRESS, by=BODY, clock=clock)
        _unblock(commitment)
    if claimed == Work.REPORTED:
        step(commitment, Work.REPORTED, by=BODY, clock=clock, given=["proof"])
        commitment.reported_at = clock.now()


def _evidence(proof: Proof, clock: Clock) -> Evidence:
    if proof.kind not in set(EvidenceKind):
        raise Refusal("choice", field="kind")
    row = Evidence(kind=proof.kind, title=proof.title.strip()[:300], public=proof.public, at=clock.now(), url="")
    if proof.stream is not None:
        row.file = files.store(proof.stream, proof.filename, field="proof")
        row.title = row.title or row.file.filename
    else:
        row.url = checked_url(proof.url)
        row.title = row.title or row.url
    return row


def checked_url(url: str) -> str:
    """The address of a web page; refuses with `link_invalid` whatever is not http or https."""
    url = url.strip()
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or len(url) > 500:
        raise Refusal("link_invalid", field="url", example="https://")
    return url


def block(
    commitment: Commitment, *, cause: str, unblock_by: str, review_on: date | None, note: str = "", actor: Actor,
    clock: Clock,
) -> Commitment:  # fmt: skip
    """The work is blocked: by what, who can unblock it, and when it is looked at again.

    Refuses with `block_needs` when one of the three is missing and with `date_after` when the review lies behind.
    """
    require(actor, "followup.work", commitment)
    locked(commitment)
    if cause not in set(Cause) or not unblock_by.strip() or review_on is None:
        field = "cause" if cause not in set(Cause) else "review_on" if unblock_by.strip() else "unblock_by"
        raise Refusal("block_needs", field=field)
    today = clock.today(meeting_of(commitment).zone)
    if review_on <= today:
        raise Refusal("date_after", field="review_on", date=today)
    if commitment.state == Work.PLANNED:
        step(commitment, Work.IN_PROGRESS, by=BODY, clock=clock)
    step(commitment, Work.BLOCKED, by=BODY, clock=clock, given=["block"])
    commitment.block_cause, commitment.block_note = cause, note.strip()
    commitment.unblock_by, commitment.review_on = unblock_by.strip()[:200], review_on
    record(
        "blocked", commitment, actor=actor, clock=clock, fields=["state"], cause=cause, note=commitment.block_note,
        unblock_by=commitment.unblock_by, review_on=review_on.isoformat(),
    )  # fmt: skip
    return commitment


def unblock(commitment: Commitment, *, note: str = "", actor: Actor, clock: Clock) -> Commitment:
    """The work goes on; what blocked it stays in the history."""
    require(actor, "followup.work", commitment)
    locked(commitment)
    if commitment.state != Work.BLOCKED:
        raise Refusal("commitment_move", state=states.said(commitment.state))
    step(commitment, Work.IN_PROGRESS, by=BODY, clock=clock)
    _unblock(commitment)
    record("unblocked", commitment, actor=actor, clock=clock, fields=["state"], note=note.strip())
    return commitment


def _unblock(commitment: Commitment) -> None:
    commitment.block_cause = commitment.block_note = commitment.unblock_by = ""
    commitment.review_on = None
