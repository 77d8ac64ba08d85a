"""Changes of one recommendation: applied, merged, kept as variants, answered alike, refused without losing a word."""

from __future__ import annotations

from collections.abc import Callable

from app.kernel.database import new_id
from tests.recommendations.conftest import Desk

BASE = "تمكين الجماعات من الاطلاع على التقرير داخل أجل شهر."
OURS = "تمكين كل الجماعات من الاطلاع على التقرير داخل أجل شهر."
THEIRS = "تمكين الجماعات من الاطلاع على التقرير داخل أجل شهرين."


def test_a_new_text_is_answered_with_its_revision(desk: Desk) -> None:
    ident = new_id()
    answer = desk.change(ident, {"body.ar": BASE})
    assert answer.status_code == 200
    assert answer.json["rev"] == 1
    assert answer.json["fields"] == {"body.ar": {"rev": 1, "text": BASE}}
    assert answer.json["variants"] == []
    assert answer.json["seq"] == desk.changes()["seq"]
    assert answer.json["code"] == "A-1"
    assert "Idempotent-Replay" not in answer.headers


def test_draft_numbers_follow_each_other(desk: Desk) -> None:
    first, second = desk.write("نشر الدليل."), desk.write("إحداث خلية.")
    state = desk.state()
    assert [state[one]["code"] for one in (first, second)] == ["A-1", "A-2"]
    assert [state[one]["position"] for one in (first, second)] == [1, 2]


def test_an_equal_base_is_applied(desk: Desk) -> None:
    ident = desk.write(BASE)
    answer = desk.change(ident, {"body.ar": OURS}, {"body.ar": 1})
    assert answer.json["fields"]["body.ar"] == {"rev": 2, "text": OURS}
    assert answer.json["variants"] == []


def test_another_field_is_applied_whatever_its_base(desk: Desk) -> None:
    ident = desk.write(BASE)
    desk.change(ident, {"body.ar": OURS}, {"body.ar": 1})
    answer = desk.change(ident, {"axis": 2, "horizon": "30/09/2022"}, {"body.ar": 1})
    assert answer.json["fields"] == {"axis": {"rev": 1, "text": "2"}, "horizon": {"rev": 1, "text": "2022-09-30"}}
    assert desk.state()[ident]["fields"]["body.ar"]["text"] == OURS


def test_edits_that_do_not_overlap_are_merged(desk: Desk) -> None:
    ident = desk.write(BASE)
    desk.change(ident, {"body.ar": OURS}, {"body.ar": 1})
    answer = desk.change(ident, {"body.ar": THEIRS}, {"body.ar": 1})
    merged = "تمكين كل الجماعات من الاطلاع على التقرير داخل أجل شهرين."
    assert answer.json["fields"]["body.ar"] == {"rev": 3, "text": merged}
    assert answer.json["variants"] == []


def test_edits_that_overlap_keep_the_text_in_place_and_the_other_as_a_variant(sit: Callable[..., Desk]) -> None:
    first, second = sit("rapporteur"), sit("coordinator")
    ident = first.write(BASE)
    first.change(ident, {"body.ar": BASE.replace("شهر", "سنة")}, {"body.ar": 1})
    answer = second.change(ident, {"body.ar": BASE.replace("شهر", "أسبوع")}, {"body.ar": 1})
    assert answer.status_code == 200
    assert answer.json["fields"]["body.ar"] == {"rev": 2, "text": BASE.replace("شهر", "سنة")}
    [variant] = answer.json["variants"]
    assert (variant["field"], variant["text"]) == ("body.ar", BASE.replace("شهر", "أسبوع"))
    assert (variant["author"], variant["at"]) == ("نعيمة المنصوري", "2022-03-10T12:00:00Z")
    assert first.state()[ident]["variants"] == [variant]


def test_a_value_changed_twice_is_a_variant_too(desk: Desk) -> None:
    ident = desk.write(BASE)
    desk.change(ident, {"horizon": "2022-09-30"})
    answer = desk.change(ident, {"horizon": "2022-12-31"})
    assert answer.json["fields"]["horizon"] == {"rev": 1, "text": "2022-09-30"}
    assert [one["text"] for one in answer.json["variants"]] == ["2022-12-31"]


def test_going_on_with_an_own_variant_moves_it_alone(sit: Callable[..., Desk]) -> None:
    first, second = sit("rapporteur"), sit("coordinator")
    ident = first.write(BASE)
    first.change(ident, {"body.ar": "نص أول"}, {"body.ar": 1})
    [variant] = second.change(ident, {"body.ar": "نص ثان"}, {"body.ar": 1}).json["variants"]
    named = {"variant_of": {"body.ar": variant["id"]}}
    answer = second.change(ident, {"body.ar": "نص ثان أطول"}, {"body.ar": 1}, **named)
    assert [(one["id"], one["text"]) for one in answer.json["variants"]] == [(variant["id"], "نص ثان أطول")]
    assert answer.json["fields"]["body.ar"]["text"] == "نص أول"
    # Somebody else's variant is not theirs to move: their own wording becomes another one.
    answer = first.change(ident, {"body.ar": "نص ثالث"}, {"body.ar": 1}, **named)
    assert sorted(one["text"] for one in answer.json["variants"]) == ["نص ثالث", "نص ثان أطول"]


def test_a_repeat_gets_the_first_answer(desk: Desk) -> None:
    ident, op_id = new_id(), new_id()
    first = desk.change(ident, {"body.ar": BASE}, op_id=op_id)
    desk.change(ident, {"body.ar": OURS}, {"body.ar": 1})
    again = desk.change(ident, {"body.ar": BASE}, op_id=op_id)
    assert (again.status_code, again.json) == (first.status_code, first.json)
    assert again.headers["Idempotent-Replay"] == "true"
    assert desk.state()[ident]["fields"]["body.ar"]["text"] == OURS


def test_a_change_before_its_creation_waits_and_is_applied_when_it_comes(desk: Desk) -> None:
    ident, op_id = new_id(), new_id()
    early = desk.change(ident, {"body.ar": OURS}, {"body.ar": 1}, op_id=op_id)
    assert (early.status_code, early.json["waiting"]) == (202, True)
    assert desk.state() == {}
    desk.change(ident, {"body.ar": BASE})
    assert desk.state()[ident]["fields"]["body.ar"] == {"rev": 2, "text": OURS}
    again = desk.change(ident, {"body.ar": OURS}, {"body.ar": 1}, op_id=op_id)
    assert (again.status_code, again.json["rev"], again.headers["Idempotent-Replay"]) == (200, 2, "true")


def test_a_malformed_change_is_stored_as_refused_and_readable_to_its_author(sit: Callable[..., Desk]) -> None:
    desk, op_id = sit("rapporteur"), new_id()
    answer = desk.change(new_id(), {"body.ar": BASE, "colour": "x"}, op_id=op_id)
    assert (answer.status_code, answer.json["error"]) == (422, "malformed")
    again = desk.change(new_id(), {"body.ar": BASE, "colour": "x"}, op_id=op_id)
    assert (again.status_code, again.json) == (422, answer.json)
    assert again.headers["Idempotent-Replay"] == "true"
    [kept] = desk.browser.send("GET", f"{desk.place}/operations").json["operations"]
    assert (kept["op_id"], kept["state"], kept["code"]) == (op_id, "refused", "malformed")
    assert kept["payload"]["fields"]["body.ar"] == BASE
    assert sit("coordinator").browser.send("GET", f"{desk.place}/operations").json["operations"] == []


def test_values_that_name_nothing_are_refused_with_their_code(desk: Desk) -> None:
    ident = desk.write(BASE)
    wrong = {"axis": "9", "horizon": "31/02/2022", "addressees": "ma.nothing", "priority": "huge", "title.ar": "x" * 121,
             "body.ar": 7, "flagged": "perhaps"}  # fmt: skip
    codes = {name: desk.change(ident, {name: value}).json["error"] for name, value in wrong.items()}
    assert codes == {"axis": "choice", "horizon": "date_invalid", "addressees": "body_unknown", "priority": "choice",
                     "title.ar": "too_long", "body.ar": "malformed", "flagged": "malformed"}  # fmt: skip


def test_a_change_without_an_id_of_its_own_is_refused(desk: Desk) -> None:
    answer = desk.change(new_id(), {"body.ar": BASE}, op_id="7")
    assert (answer.status_code, answer.json["error"]) == (422, "malformed")


def test_addressees_are_bodies_in_order_and_a_group(desk: Desk) -> None:
    ident = desk.write(BASE)
    answer = desk.change(ident, {"addressees": ["target_communes", "ma.dgct", "09.001:support", "ma.dgct"]})
    assert answer.json["fields"]["addressees"]["text"] == "target_communes ma.dgct 09.001:support"
    assert [one["value"] for one in desk.state()[ident]["addressees"]] == ["ma.dgct", "09.001"]


def test_a_text_loses_direction_marks_and_nothing_else(desk: Desk) -> None:
    ident = desk.write("نشر \u202eالدليل\u200f في 2022/12.")
    assert desk.state()[ident]["fields"]["body.ar"]["text"] == "نشر الدليل في 2022/12."


def test_another_workshop_is_not_there(sit: Callable[..., Desk]) -> None:
    assert sit("rapporteur2").change(new_id(), {"body.ar": BASE}).status_code == 404
    assert sit("desk").change(new_id(), {"body.ar": BASE}).status_code == 404
    assert sit("outsider").change(new_id(), {"body.ar": BASE}).status_code == 404


def test_an_id_of_another_workshop_is_refused_and_the_text_kept(sit: Callable[..., Desk]) -> None:
    ident = sit("rapporteur").write(BASE)
    other = sit("rapporteur2", "W2")
    assert other.change(ident, {"body.ar": OURS}).json["error"] == "not_allowed"
    [kept] = other.browser.send("GET", f"{other.place}/operations").json["operations"]
    assert kept["payload"]["fields"]["body.ar"] == OURS


def test_an_operation_id_of_another_workshop_gives_nothing_away(sit: Callable[..., Desk]) -> None:
    op_id = new_id()
    sit("rapporteur").change(new_id(), {"body.ar": BASE}, op_id=op_id)
    answer = sit("rapporteur2", "W2").change(new_id(), {"body.ar": OURS}, op_id=op_id)
    assert (answer.status_code, answer.json["error"]) == (409, "op_taken")
    assert BASE not in answer.text
