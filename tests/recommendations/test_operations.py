"""Batches of operations: every kind, duplicated, reordered and interleaved, with nothing lost and nothing twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.kernel import journal
from app.kernel.clock import FixedClock
from app.kernel.database import db, new_id
from app.kernel.transaction import transaction
from app.meetings.models import Meeting
from app.recommendations.models import HandOver, Link, Operation, Recommendation, Revision
from tests.recommendations.conftest import Desk
from tests.world import World


def order(desk: Desk) -> list[str]:
    rows = [row for row in desk.state().values() if row["state"] not in {"withdrawn", "merged_into"}]
    return [row["code"] for row in sorted(rows, key=lambda row: row["position"])]


def test_a_batch_in_reverse_is_the_batch_in_order(desk: Desk) -> None:
    ident = new_id()
    chain = [desk.op("create", ident, fields={"body.ar": "كلمة"})]
    chain += [desk.op("edit", ident, fields={"body.ar": "كلمة " * n}, base_rev={"body.ar": n - 1}) for n in range(2, 9)]
    answers = desk.batch(chain[::-1])
    assert [one["status"] for one in answers] == [200] * 8
    assert desk.state()[ident]["fields"]["body.ar"] == {"rev": 8, "text": ("كلمة " * 8).strip()}
    assert desk.state()[ident]["variants"] == []


def test_each_answer_of_a_batch_names_the_place_of_its_journal_entry(desk: Desk) -> None:
    answers = desk.batch([desk.op("create", new_id(), fields={"body.ar": "نشر"}) for _ in range(3)])
    assert {one["seq"] for one in answers} == {desk.changes()["seq"]}


def test_a_duplicated_batch_changes_nothing_and_is_answered_alike(desk: Desk) -> None:
    ident = new_id()
    batch = [desk.op("create", ident, fields={"body.ar": "نشر"}), desk.op("edit", ident, fields={"axis": "1"})]
    first = desk.batch(batch)
    seq = desk.changes()["seq"]
    answer = desk.browser.send("POST", f"{desk.place}/operations", batch + batch)
    assert answer.headers["Idempotent-Replay"] == "true"
    again = answer.json["operations"]
    assert all(one["replay"] for one in again)
    assert [{**one, "replay": False} for one in again] == first + first
    assert desk.changes()["seq"] == seq


def test_one_bad_operation_does_not_hold_up_the_others(desk: Desk) -> None:
    ident, bad = new_id(), new_id()
    answers = desk.batch([
        desk.op("explode", ident), 7, {"kind": "create"}, desk.op("create", ident, fields={"body.ar": "نشر"}, op_id=bad),
    ])  # fmt: skip
    assert [one["status"] for one in answers] == [422, 422, 422, 200]
    assert [one.get("error") for one in answers] == ["malformed", "malformed", "malformed", None]
    assert ident in desk.state()


def test_a_batch_that_is_no_list_is_refused(desk: Desk) -> None:
    assert desk.browser.send("POST", f"{desk.place}/operations", {"op_id": new_id()}).status_code == 422


def test_moving_and_reordering_number_the_list_anew(desk: Desk) -> None:
    a, b, c = (desk.write(text) for text in ("نشر أ", "نشر ب", "نشر ج"))
    desk.act("move", c, after=a)
    assert order(desk) == ["A-1", "A-3", "A-2"]
    desk.act("move", b, after=None)
    assert order(desk) == ["A-2", "A-1", "A-3"]
    desk.act("reorder", "", order=[c, b])
    assert order(desk) == ["A-3", "A-2", "A-1"]


def test_a_move_behind_one_that_has_not_arrived_waits(desk: Desk) -> None:
    first, late = desk.write("نشر أ"), new_id()
    assert desk.act("move", first, after=late)["status"] == 202
    desk.act("create", late, fields={"body.ar": "نشر ب"})
    assert order(desk) == ["A-2", "A-1"]


def test_merging_keeps_both_texts_and_can_be_undone(sit: Callable[..., Desk]) -> None:
    desk = sit("coordinator")
    source, target = desk.write("نشر دليل المؤشرات قبل التقييم."), desk.write("نشر دليل المؤشرات.")
    answer = desk.act(
        "merge", source, into=target, kept="الأجل من الأولى", fields={"body.ar": "نشر دليل المؤشرات قبل كل دورة."}
    )
    assert (answer["status"], answer["state"]) == (200, "merged_into")
    state = desk.state()
    assert state[target]["fields"]["body.ar"]["text"] == "نشر دليل المؤشرات قبل كل دورة."
    assert state[source]["merged_into"] == target
    assert state[source]["fields"]["body.ar"]["text"] == "نشر دليل المؤشرات قبل التقييم."
    with transaction(writes=False):
        assert [(link.kind, link.kept) for link in db.session.query(Link)] == [("merged_into", "الأجل من الأولى")]
    assert desk.act("unmerge", source)["state"] == "draft"
    assert desk.state()[source]["merged_into"] is None
    with transaction(writes=False):
        assert db.session.query(Link).filter(Link.ended_at.is_(None)).count() == 0


def test_a_merge_is_final_once_read(sit: Callable[..., Desk]) -> None:
    desk = sit("coordinator")
    source, target = desk.write("نشر أ"), desk.write("نشر ب")
    desk.act("merge", source, into=target)
    with transaction():
        db.session.get_one(Recommendation, target).state = "read"
    assert desk.act("unmerge", source)["error"] == "merge_final"


def test_a_rapporteur_merges_drafts_and_nothing_else(sit: Callable[..., Desk]) -> None:
    desk = sit("rapporteur")
    one, two, three = (desk.write(text) for text in ("نشر أ", "نشر ب", "نشر ج"))
    assert desk.act("merge", one, into=two)["status"] == 200
    with transaction():
        db.session.get_one(Recommendation, three).state = "retained"
    assert desk.act("merge", two, into=three)["status"] == 403
    assert sit("organiser").act("merge", two, into=three)["status"] == 200


def test_merging_across_tracks_is_the_organisers(sit: Callable[..., Desk]) -> None:
    source, target = sit("rapporteur").write("نشر أ"), sit("rapporteur2", "W2").write("نشر ب")
    assert sit("coordinator").act("merge", source, into=target)["error"] == "not_allowed"
    assert sit("organiser").act("merge", source, into=target)["status"] == 200


def test_splitting_leaves_the_rest_and_names_where_the_parts_come_from(desk: Desk) -> None:
    ident, part, last = desk.write("تعميم التدقيق وإحداث وحداته."), new_id(), desk.write("نشر")
    answer = desk.act("split", ident, base_rev={"body.ar": 1}, fields={"body.ar": "تعميم التدقيق."},
                      parts=[{"id": part, "fields": {"body.ar": "إحداث وحدات التدقيق."}}])  # fmt: skip
    assert (answer["status"], answer["fields"]["body.ar"]["text"]) == (200, "تعميم التدقيق.")
    assert desk.state()[part]["fields"]["body.ar"]["text"] == "إحداث وحدات التدقيق."
    assert order(desk) == ["A-1", "A-3", "A-2"]
    assert last in desk.state()
    with transaction(writes=False):
        assert [(link.kind, link.from_id, link.to_id) for link in db.session.query(Link)] == [
            ("split_from", part, ident)
        ]


def test_a_withdrawn_text_stays_readable(desk: Desk) -> None:
    ident = desk.write("نشر أ")
    assert desk.act("withdraw", ident)["state"] == "withdrawn"
    assert desk.state()[ident]["fields"]["body.ar"]["text"] == "نشر أ"
    late = desk.change(ident, {"body.ar": "نشر أ كاملا"}, {"body.ar": 1})
    assert (late.status_code, late.json["error"]) == (403, "text_withdrawn")
    [kept] = desk.browser.send("GET", f"{desk.place}/operations").json["operations"]
    assert kept["payload"]["fields"]["body.ar"] == "نشر أ كاملا"


@pytest.mark.parametrize(("choice", "text"), [("place", "نص أول"), ("variant", "نص ثان"), ("text", "نص ثالث")])
def test_a_variant_is_decided_and_every_text_stays_in_the_history(desk: Desk, choice: str, text: str) -> None:
    ident = desk.write("نص")
    desk.change(ident, {"body.ar": "نص أول"}, {"body.ar": 1})
    [variant] = desk.change(ident, {"body.ar": "نص ثان"}, {"body.ar": 1}).json["variants"]
    answer = desk.act("resolve", ident, variant=variant["id"], choice=choice, text="نص ثالث")
    assert answer["status"] == 200
    assert answer["fields"]["body.ar"]["text"] == text
    assert answer["variants"] == []
    with transaction(writes=False):
        assert {"نص", "نص أول"} <= {row.text for row in db.session.query(Revision)}


def test_a_handed_over_list_is_frozen_and_late_texts_are_kept(desk: Desk, world: World, clock: FixedClock) -> None:
    ident = desk.write("نشر أ")
    with transaction():
        db.session.add(HandOver(workshop_id=world.things["agadir.W1"], version=1, at=clock.now(), by="منسق"))
    late = desk.change(ident, {"body.ar": "نشر أ كاملا"}, {"body.ar": 1})
    assert (late.status_code, late.json["error"]) == (403, "handed_over")
    with transaction(writes=False):
        kept = db.session.query(Operation).filter_by(state="refused").one()
        assert kept.payload["fields"]["body.ar"] == "نشر أ كاملا"


@pytest.mark.parametrize("phase", ["concluded", "published", "archived", "cancelled", "postponed"])
def test_capture_is_closed_outside_its_phases(desk: Desk, world: World, phase: str) -> None:
    with transaction():
        db.session.get_one(Meeting, world.things["agadir"]).phase = phase
    answer = desk.change(new_id(), {"body.ar": "نشر"})
    assert (answer.status_code, answer.json["error"]) == (403, "phase")


def test_changes_since_name_what_moved_oldest_first(desk: Desk) -> None:
    first, second = desk.write("نشر أ"), desk.write("نشر ب")
    seq = desk.changes()["seq"]
    desk.change(second, {"axis": "1"})
    desk.act("move", second, after=None)
    found = desk.changes(seq)
    assert {(one["seq"], one["kind"], one["recommendation"]) for one in found["changes"]} == {
        (seq + 1, "recommendation.edited", second), (seq + 2, "recommendation.moved", second),
        (seq + 2, "recommendation.moved", first),
    }  # fmt: skip
    assert [one["seq"] for one in found["changes"]] == [seq + 1, seq + 2, seq + 2]
    assert [row["id"] for row in found["recommendations"]] == [second, first]
    assert desk.changes(found["seq"])["changes"] == []
    assert {row["id"] for row in desk.changes(0)["recommendations"]} == {first, second}


def test_changes_ask_the_same_number_of_queries_for_one_and_for_many(desk: Desk, counted: Callable[..., int]) -> None:
    desk.write("نشر أ")
    one = counted(lambda: desk.changes())
    for number in range(4):
        desk.write(f"نشر {number}")
    assert counted(lambda: desk.changes()) == one


def test_changes_of_another_workshop_do_not_show(sit: Callable[..., Desk]) -> None:
    sit("rapporteur2", "W2").write("نشر")
    assert sit("rapporteur").changes()["changes"] == []


@pytest.mark.parametrize("since", ["x", "-1", "9999999999999"])
def test_a_since_that_is_no_number_is_refused(desk: Desk, since: str) -> None:
    assert desk.browser.send("GET", f"{desk.place}/changes?since={since}").status_code == 422


def test_the_journal_verifies_after_a_batch(desk: Desk) -> None:
    ident = desk.write("نشر أ")
    desk.batch([desk.op("edit", ident, fields={"axis": "1"}), desk.op("move", ident, after=None)])
    with transaction(writes=False):
        assert journal.verify()[1] == []
