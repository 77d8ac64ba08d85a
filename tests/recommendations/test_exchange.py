"""Recommendations travel in the file of a meeting with their history, and come back as they were."""

from __future__ import annotations

import json
from collections.abc import Callable

from app.kernel.access import SYSTEM
from app.kernel.clock import FixedClock
from app.kernel.transaction import transaction
from app.meetings import exchange
from app.meetings import queries as meetings
from tests.recommendations.conftest import Desk


def written(slug: str) -> bytes:
    with transaction(writes=False):
        meeting = meetings.find_meeting(slug)
        assert meeting is not None
        return exchange.write(meeting)


def test_recommendations_survive_the_round_trip(sit: Callable[..., Desk], clock: FixedClock) -> None:
    lead = sit("coordinator")
    one, two = lead.write("نشر دليل المؤشرات."), lead.write("إحداث خلية.")
    lead.change(one, {"body.fr": "Publier le guide.", "axis": "2", "horizon": "2022-09-30", "priority": "high",
                      "addressees": "target_communes ma.dgct 09.001:support", "flagged": True})  # fmt: skip
    lead.change(two, {"body.ar": "نص أول"}, {"body.ar": 1})
    lead.change(two, {"body.ar": "نص ثان"}, {"body.ar": 1})
    three = lead.write("نشر الدليل.")
    lead.act("merge", three, into=one, kept="العنوان")
    first = written("agadir-2022")
    data = json.loads(first)
    assert [row["code"] for row in data["sections"]["recommendations"]["list"]] == ["A-1", "A-2", "A-3"]
    assert one not in first.decode()
    data["meeting"] |= {"slug": "other-2022", "code": "OTH22"}
    with transaction():
        exchange.load(exchange.parse(json.dumps(data).encode()), actor=SYSTEM, clock=clock)
    again = json.loads(written("other-2022"))
    assert again["sections"]["recommendations"] == data["sections"]["recommendations"]


def test_half_a_character_in_an_operation_breaks_nothing(desk: Desk) -> None:
    answer = desk.act("create", "01990000-0000-7000-8000-000000000001", fields={"body.ar": "نشر \ud800\x00 الدليل"},
                      device_id="\x00d\ud800", on_behalf_of="\x00x")  # fmt: skip
    assert (answer["status"], answer["fields"]["body.ar"]["text"]) == (200, "نشر الدليل")
    assert desk.act("explode\x00", "01990000-0000-7000-8000-000000000001", fields={"\ud800": "\ud800"})["status"] == 422
