"""What a body and the programme unit do: answer, plan, report, block, verify, end, more time, tasks, remarks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest

from app.followup import actions
from app.followup.actions import Answer, Plan, Proof
from app.followup.models import Commitment
from app.kernel import journal
from app.kernel.access import Actor, Grant
from app.kernel.errors import Refusal
from tests.followup.conftest import AIT_MELLOUL, Scene

LINK = Proof("link", "قرار إحداث الخلية", public=True, url="https://example.ma/decision.pdf")
PDF = b"%PDF-1.4 proof"


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(Refusal) as refusal:
        act()
    assert refusal.value.code == code


def accept(act: Scene, number: int = 3, due: date = date(2022, 6, 30), code: str = "09.001.01.01") -> Commitment:
    person = "officer" if code == "09.001.01.01" else "officer2"
    return actions.respond(
        act.commitment(number, code), answer=Answer("accepted", lead_name="مدير المصالح", due=due),
        actor=act.actor(person), clock=act.clock,
    )  # fmt: skip


def work(act: Scene, number: int = 3) -> Commitment:
    row = accept(act, number)
    actions.plan(
        row, task=Plan("إعداد القرار", "رئيس القسم", date(2022, 5, 31)), actor=act.actor("officer"), clock=act.clock
    )
    return row


def reported(act: Scene) -> Commitment:
    row = work(act)
    actions.report(
        row,
        claimed="reported_done",
        narrative="أُحدثت الخلية",
        proofs=[LINK],
        actor=act.actor("officer"),
        clock=act.clock,
    )
    return row


def verified(act: Scene) -> Commitment:
    return actions.verify(reported(act), actor=act.actor("unit"), clock=act.clock)


# The answer


def test_acceptance_with_lead_and_date_fixes_the_original_date(act: Scene) -> None:
    row = accept(act)
    assert (row.response, row.lead_name, row.original_due, row.current_due) == (
        "accepted", "مدير المصالح", date(2022, 6, 30), date(2022, 6, 30),
    )  # fmt: skip
    assert row.responded_at == act.clock.now()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("accepted", due=date(2022, 6, 30)), "accept_needs"),
        (Answer("accepted", lead_name="فلان"), "accept_needs"),
        (Answer("accepted_in_part", lead_name="فلان", due=date(2022, 6, 30)), "part_needs"),
        (Answer("not_accepted", reason="  "), "reason_missing"),
        (Answer("not_applicable"), "reason_missing"),
        (Answer("accepted", lead_name="فلان", due=date(2022, 4, 3)), "date_after"),
        (Answer("perhaps"), "choice"),
        (Answer("awaiting"), "answer_given"),
    ],
)
def test_answer_without_what_it_needs_is_refused(act: Scene, answer: Answer, code: str) -> None:
    row, officer = act.commitment(3), act.actor("officer")
    refused(code, lambda: actions.respond(row, answer=answer, actor=officer, clock=act.clock))
    assert row.response == "awaiting"


def test_body_may_promise_less_time_than_the_recommendation_but_not_more(act: Scene) -> None:
    refused("original_due", lambda: accept(act, 1, date(2022, 7, 1)))
    row = accept(act, 1, date(2022, 5, 31))
    assert (row.original_due, row.current_due) == (date(2022, 6, 30), date(2022, 5, 31))


def test_body_that_answers_after_the_date_of_the_recommendation_may_take_it_as_it_is(act: Scene) -> None:
    act.clock.moment = datetime(2022, 8, 1, tzinfo=UTC)
    assert accept(act, 1, date(2022, 6, 30)).current_due == date(2022, 6, 30)


def test_acceptance_in_part_says_which_part_and_refusal_says_why(act: Scene) -> None:
    officer = act.actor("officer")
    part = Answer("accepted_in_part", lead_name="فلان", due=date(2022, 6, 30), part="الخلية دون الميزانية")
    assert actions.respond(act.commitment(3), answer=part, actor=officer, clock=act.clock).response_part
    row = act.commitment(2)
    actions.respond(row, answer=Answer("not_accepted", reason="خارج الاختصاص"), actor=officer, clock=act.clock)
    assert (row.response_reason, row.lead_name) == ("خارج الاختصاص", "")
    actions.respond(row, answer=Answer("accepted", "فلان", date(2022, 9, 30)), actor=officer, clock=act.clock)
    assert row.response == "accepted"


@pytest.mark.parametrize("person", ["official", "unit", "organiser", "officer2", "nobody"])
def test_only_the_officer_of_the_body_answers(act: Scene, person: str) -> None:
    answer = Answer("noted")
    refused(
        "not_allowed",
        lambda: actions.respond(act.commitment(3), answer=answer, actor=act.actor(person), clock=act.clock),
    )


def test_officer_of_the_region_answers_for_its_communes(act: Scene) -> None:
    above = Actor("account", "x", "جهة", frozenset({Grant("officer", "body", act.world.things["09"])}))
    assert actions.respond(act.commitment(3), answer=Answer("noted"), actor=above, clock=act.clock).response == "noted"


# The work


def test_first_task_with_owner_and_date_makes_it_planned(act: Scene) -> None:
    row = accept(act)
    officer = act.actor("officer")
    for task in (Plan("", "فلان", date(2022, 5, 1)), Plan("قرار", " ", date(2022, 5, 1)), Plan("قرار", "فلان", None)):
        refused("plan_needs", lambda task=task: actions.plan(row, task=task, actor=officer, clock=act.clock))
    steps = [("مشروع القرار", date(2022, 4, 30)), (" ", None), ("التوقيع", None)]
    made = actions.plan(
        row,
        task=Plan("إعداد القرار", "رئيس القسم", date(2022, 5, 31), milestones=steps),
        actor=officer,
        clock=act.clock,
    )
    assert row.state == "planned"
    assert [one.title for one in made.milestones] == ["مشروع القرار", "التوقيع"]
    actions.plan(row, task=Plan("النشر", "فلان", date(2022, 6, 1)), actor=officer, clock=act.clock)
    assert (row.state, [one.position for one in row.tasks]) == ("planned", [1, 2])


def test_plan_before_the_answer_is_refused(act: Scene) -> None:
    task = Plan("قرار", "فلان", date(2022, 5, 1))
    refused(
        "answer_first", lambda: actions.plan(act.commitment(3), task=task, actor=act.actor("officer"), clock=act.clock)
    )


@pytest.mark.parametrize(
    ("narrative", "proofs", "code"),
    [("", [LINK], "report_needs"), ("أُنجز", [], "report_needs"), (" ", [], "report_needs")],
)
def test_reported_done_needs_narrative_and_evidence(act: Scene, narrative: str, proofs: list[Proof], code: str) -> None:
    row, officer = work(act), act.actor("officer")
    refused(code, lambda: actions.report(
        row, claimed="reported_done", narrative=narrative, proofs=proofs, actor=officer, clock=act.clock
    ))  # fmt: skip
    assert row.state == "planned"


def test_report_of_done_work_with_a_file_is_the_first_key_only(act: Scene) -> None:
    row = work(act)
    proof = Proof("order", "القرار", stream=BytesIO(PDF), filename="قرار.pdf")
    one = actions.report(
        row, claimed="reported_done", narrative="تم", proofs=[proof], actor=act.actor("officer"), clock=act.clock
    )
    assert (row.state, row.reported_at, row.verified_at) == ("reported_done", act.clock.now(), None)
    assert one.evidence[0].file is not None
    assert one.evidence[0].file.kind == "pdf"
    assert not one.evidence[0].public


def test_evidence_that_is_no_web_address_is_refused(act: Scene) -> None:
    row = work(act)
    for url in ("javascript:alert(1)", "قرار", "file:///etc/passwd", "https://"):
        proof = Proof("link", "", url=url)
        refused("link_invalid", lambda proof=proof: actions.report(
            row, claimed="reported_done", narrative="تم", proofs=[proof], actor=act.actor("officer"), clock=act.clock
        ))  # fmt: skip


def test_report_before_any_plan_is_refused(act: Scene) -> None:
    row = accept(act)
    refused("plan_needs", lambda: actions.report(
        row, claimed="in_progress", narrative="بدأنا", actor=act.actor("officer"), clock=act.clock
    ))  # fmt: skip


def test_nothing_new_is_a_report_that_leaves_the_state(act: Scene) -> None:
    row = work(act)
    since = row.state_at
    act.clock.moment = datetime(2022, 5, 1, tzinfo=UTC)
    actions.report(row, claimed="planned", narrative="", actor=act.actor("officer"), clock=act.clock)
    assert (row.state, row.state_at, row.last_report_at) == ("planned", since, act.clock.now())


def test_report_cannot_claim_what_is_not_the_bodys_to_say(act: Scene) -> None:
    row = work(act)
    for claimed in ("verified_done", "closed", "superseded"):
        refused("choice", lambda claimed=claimed: actions.report(
            row, claimed=claimed, narrative="تم", proofs=[LINK], actor=act.actor("officer"), clock=act.clock
        ))  # fmt: skip


def test_block_needs_cause_helper_and_review_and_unblock_clears_them(act: Scene) -> None:
    row, officer = work(act), act.actor("officer")
    good: dict[str, Any] = {"cause": "money", "unblock_by": "المصالح المالية", "review_on": date(2022, 4, 30)}
    for missing in ({"cause": "weather"}, {"unblock_by": " "}, {"review_on": None}):
        refused(
            "block_needs", lambda missing=missing: actions.block(row, **good | missing, actor=officer, clock=act.clock)
        )
    refused("date_after", lambda: actions.block(
        row, **good | {"review_on": date(2022, 4, 4)}, actor=officer, clock=act.clock
    ))  # fmt: skip
    actions.block(row, **good, actor=officer, clock=act.clock)
    assert (row.state, row.block_cause, row.review_on) == ("blocked", "money", date(2022, 4, 30))
    actions.unblock(row, actor=officer, clock=act.clock)
    assert (row.state, row.block_cause, row.unblock_by, row.review_on) == ("in_progress", "", "", None)
    refused("commitment_move", lambda: actions.unblock(row, actor=officer, clock=act.clock))


# The second key


def test_unit_verifies_what_the_body_reported(act: Scene) -> None:
    row = verified(act)
    assert (row.state, row.verified_by) == ("verified_done", act.actor("unit").label)
    assert (row.reports[-1].verdict, row.reports[-1].verdict_at) == ("verified", act.clock.now())


@pytest.mark.parametrize("place", ["09.001.01.01", "09.001", "09"])
@pytest.mark.parametrize("role", ["officer", "official"])
def test_somebody_of_the_same_body_never_verifies_ends_or_extends(act: Scene, place: str, role: str) -> None:
    row = reported(act)
    unit = act.actor("unit")
    both = Actor("account", "two-hats", "شخص", unit.grants | {Grant(role, "body", act.world.things[place])})
    refused("same_body", lambda: actions.verify(row, actor=both, clock=act.clock))
    refused("same_body", lambda: actions.send_back(row, reason="لا يكفي", actor=both, clock=act.clock))
    refused("same_body", lambda: actions.end(row, outcome="superseded", reason="غيره", actor=both, clock=act.clock))
    other = Actor("account", "x", "شخص", unit.grants | {Grant(role, "body", act.world.things["ma.mef"])})
    assert actions.verify(row, actor=other, clock=act.clock).state == "verified_done"


def test_whoever_wrote_the_report_never_verifies_it(act: Scene) -> None:
    row = work(act)
    officer = act.actor("officer")
    actions.report(row, claimed="reported_done", narrative="تم", proofs=[LINK], actor=officer, clock=act.clock)
    moved = Actor("account", officer.id, officer.label, act.actor("unit").grants)
    refused("same_body", lambda: actions.verify(row, actor=moved, clock=act.clock))


@pytest.mark.parametrize("person", ["officer", "official", "organiser", "outsider", "admin"])
def test_only_the_programme_unit_verifies(act: Scene, person: str) -> None:
    refused("not_allowed", lambda: actions.verify(reported(act), actor=act.actor(person), clock=act.clock))


def test_verifying_what_is_not_reported_is_refused(act: Scene) -> None:
    refused("commitment_move", lambda: actions.verify(act.commitment(1), actor=act.actor("unit"), clock=act.clock))
    done = verified(act)
    refused("commitment_move", lambda: actions.verify(done, actor=act.actor("unit"), clock=act.clock))


def test_sending_back_needs_a_reason_and_takes_the_first_key_back(act: Scene) -> None:
    row, unit = reported(act), act.actor("unit")
    refused("reason_missing", lambda: actions.send_back(row, reason=" ", actor=unit, clock=act.clock))
    actions.send_back(row, reason="أضيفوا قرار التعيين", actor=unit, clock=act.clock)
    assert (row.state, row.reported_at, row.state_reason) == ("in_progress", None, "أضيفوا قرار التعيين")
    assert row.reports[-1].verdict == "sent_back"
    actions.report(
        row, claimed="reported_done", narrative="تم", proofs=[LINK], actor=act.actor("officer"), clock=act.clock
    )
    assert actions.verify(row, actor=unit, clock=act.clock).state == "verified_done"


def test_verified_commitment_is_closed_and_reopened_with_a_reason(act: Scene) -> None:
    row, unit = verified(act), act.actor("unit")
    assert actions.end(row, outcome="closed", actor=unit, clock=act.clock).state == "closed"
    refused("reason_missing", lambda: actions.reopen(row, reason="", actor=unit, clock=act.clock))
    actions.reopen(row, reason="الخلية لم تعد تعمل", actor=unit, clock=act.clock)
    assert (row.state, row.reported_at, row.verified_at, row.verified_by) == ("reopened", None, None, "")
    actions.report(
        row, claimed="reported_done", narrative="تم", proofs=[LINK], actor=act.actor("officer"), clock=act.clock
    )
    assert row.state == "reported_done"


@pytest.mark.parametrize("outcome", ["closed_not_done", "no_longer_relevant", "superseded"])
def test_commitment_ends_undone_with_a_reason_even_without_an_answer(act: Scene, outcome: str) -> None:
    row, unit = act.commitment(3), act.actor("unit")
    refused("reason_missing", lambda: actions.end(row, outcome=outcome, actor=unit, clock=act.clock))
    assert actions.end(row, outcome=outcome, reason="تغير القانون", actor=unit, clock=act.clock).state == outcome
    refused("commitment_move", lambda: actions.end(row, outcome="closed", actor=unit, clock=act.clock))


def test_closing_what_is_not_verified_is_refused(act: Scene) -> None:
    refused(
        "commitment_move",
        lambda: actions.end(reported(act), outcome="closed", actor=act.actor("unit"), clock=act.clock),
    )
    refused(
        "choice", lambda: actions.end(act.commitment(3), outcome="planned", actor=act.actor("unit"), clock=act.clock)
    )


# More time


def test_approved_extension_moves_the_current_date_and_counts(act: Scene) -> None:
    row = accept(act)
    asked = actions.ask_extension(
        row, due=date(2022, 12, 31), reason="دورة المجلس في ماي", actor=act.actor("official"), clock=act.clock
    )
    assert row.current_due == date(2022, 6, 30)
    actions.decide_extension(asked, approve=True, actor=act.actor("unit"), clock=act.clock)
    assert (row.original_due, row.current_due, row.extensions) == (date(2022, 6, 30), date(2022, 12, 31), 1)
    refused("extension_decided", lambda: actions.decide_extension(
        asked, approve=True, actor=act.actor("unit"), clock=act.clock
    ))  # fmt: skip


def test_refused_extension_gives_its_reason_and_moves_nothing(act: Scene) -> None:
    row, unit = accept(act), act.actor("unit")
    asked = actions.ask_extension(
        row, due=date(2022, 12, 31), reason="تأخر", actor=act.actor("officer"), clock=act.clock
    )
    refused("reason_missing", lambda: actions.decide_extension(asked, approve=False, actor=unit, clock=act.clock))
    actions.decide_extension(asked, approve=False, reason="الأجل كاف", actor=unit, clock=act.clock)
    assert (row.current_due, row.extensions, asked.decision_reason) == (date(2022, 6, 30), 0, "الأجل كاف")


def test_extension_is_refused_without_reason_later_date_or_while_one_waits(act: Scene) -> None:
    officer = act.actor("officer")

    def ask(number: int, due: date | None, reason: str = "سبب") -> Any:
        return actions.ask_extension(act.commitment(number), due=due, reason=reason, actor=officer, clock=act.clock)

    refused("no_due_date", lambda: ask(3, date(2023, 1, 1)))
    refused("reason_missing", lambda: ask(1, date(2023, 1, 1), " "))
    refused("date_after", lambda: ask(1, date(2022, 6, 30)))
    refused("date_after", lambda: ask(1, None))
    ask(1, date(2022, 7, 31))
    refused("extension_waiting", lambda: ask(1, date(2022, 8, 31)))


def test_whoever_asked_for_more_time_never_approves_it(act: Scene) -> None:
    row, officer = accept(act), act.actor("officer")
    asked = actions.ask_extension(row, due=date(2022, 12, 31), reason="سبب", actor=officer, clock=act.clock)
    moved = Actor("account", officer.id, officer.label, act.actor("unit").grants)
    refused("second_person", lambda: actions.decide_extension(asked, approve=True, actor=moved, clock=act.clock))
    refused("not_allowed", lambda: actions.decide_extension(asked, approve=True, actor=officer, clock=act.clock))


# Tasks and remarks


def test_task_is_published_by_the_unit_alone(act: Scene) -> None:
    task = work(act).tasks[0]
    refused("not_allowed", lambda: actions.publish_task(task, actor=act.actor("officer"), clock=act.clock))
    assert task.published_at is None
    assert actions.publish_task(task, actor=act.actor("unit"), clock=act.clock).published_at == act.clock.now()
    assert actions.publish_task(task, actor=act.actor("unit"), clock=act.clock, public=False).published_at is None


def test_task_done_carries_the_day_and_milestone_too(act: Scene) -> None:
    row, officer = accept(act), act.actor("officer")
    task = actions.plan(
        row, task=Plan("قرار", "فلان", date(2022, 5, 1), milestones=[("مشروع", None)]), actor=officer, clock=act.clock
    )
    assert actions.set_task_state(task, state="done", actor=officer, clock=act.clock).done_on == date(2022, 4, 4)
    assert actions.set_task_state(task, state="open", actor=officer, clock=act.clock).done_on is None
    actions.set_milestone(task, milestone_id=task.milestones[0].id, done=True, actor=officer, clock=act.clock)
    assert task.milestones[0].done_on == date(2022, 4, 4)
    refused("choice", lambda: actions.set_task_state(task, state="lost", actor=officer, clock=act.clock))
    refused("not_found", lambda: actions.set_milestone(
        task, milestone_id="x", done=True, actor=officer, clock=act.clock
    ))  # fmt: skip


def test_official_remarks_and_an_empty_remark_is_refused(act: Scene) -> None:
    row, official = act.commitment(3), act.actor("official")
    assert actions.remark(row, text="متى يعرض على المجلس؟", actor=official, clock=act.clock).author == official.label
    refused("remark_missing", lambda: actions.remark(row, text="  ", actor=official, clock=act.clock))
    refused("not_allowed", lambda: actions.remark(
        act.commitment(1, AIT_MELLOUL), text="؟", actor=official, clock=act.clock
    ))  # fmt: skip


def test_history_tells_every_act_in_order(act: Scene) -> None:
    row = verified(act)
    journal.write_entries()
    kinds = [line.kind for line in reversed(journal.history("commitment", row.id))]
    assert kinds == [
        "commitment.opened", "commitment.answered", "commitment.planned", "commitment.reported", "commitment.verified",
    ]  # fmt: skip
