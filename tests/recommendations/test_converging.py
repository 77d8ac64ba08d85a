"""Whatever the network does to batches, every device ends with the same texts and no word is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from app.kernel.database import db, new_id
from app.kernel.transaction import transaction
from app.recommendations.models import Operation, Revision, Variant
from tests.recommendations.conftest import Desk

# Shrinking a failure against a database takes minutes; the example found is small enough to read.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
QUIET = settings(max_examples=15, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))


def kept_words(ident: str) -> set[str]:
    """Every word that stands in a revision, a variant or an operation that was not applied."""
    with transaction(writes=False):
        texts = [row.text for row in db.session.query(Revision).filter_by(recommendation_id=ident, field="body.ar")]
        texts += [row.text for row in db.session.query(Variant).filter_by(recommendation_id=ident)]
        rows = db.session.query(Operation).filter_by(recommendation_id=ident).filter(Operation.state != "applied")
        texts += [row.payload["fields"]["body.ar"] for row in rows]
        return set(" ".join(texts).split())


@given(data=st.data())
@QUIET
def test_one_device_converges_whatever_the_order(desk: Desk, data: st.DataObject) -> None:
    ident, length = new_id(), 6
    chain = [desk.op("create", ident, fields={"body.ar": "w1"})]
    for number in range(2, length + 1):
        text = " ".join(f"w{word}" for word in range(1, number + 1))
        chain.append(desk.op("edit", ident, fields={"body.ar": text}, base_rev={"body.ar": number - 1}))
    sent = data.draw(st.permutations(chain)) + data.draw(st.lists(st.sampled_from(chain), max_size=4))
    for start in range(0, len(sent), 3):
        desk.batch(sent[start : start + 3])
    row = desk.state()[ident]
    assert row["fields"]["body.ar"] == {"rev": length, "text": "w1 w2 w3 w4 w5 w6"}
    assert row["variants"] == []


@given(data=st.data())
@QUIET
def test_two_devices_lose_no_word_and_read_the_same(sit: Callable[..., Desk], data: st.DataObject) -> None:
    first, second = sit("rapporteur"), sit("coordinator")
    ident = first.write("a b c d e f g h")
    operations: list[tuple[Desk, dict[str, Any]]] = []
    written = set()
    for number in range(data.draw(st.integers(2, 6))):
        desk = data.draw(st.sampled_from([first, second]))
        words = list("abcdefgh")
        place = data.draw(st.integers(0, 7))
        words[place : place + data.draw(st.integers(0, 2))] = [f"n{number}"]
        written.add(f"n{number}")
        operations.append((desk, desk.op("edit", ident, fields={"body.ar": " ".join(words)}, base_rev={"body.ar": 1})))
    arriving = data.draw(st.permutations(operations)) + data.draw(st.lists(st.sampled_from(operations), max_size=3))
    for desk, operation in arriving:
        assert desk.batch([operation])[0]["status"] == 200
    assert written <= kept_words(ident)
    assert first.state() == second.state()
    place = first.state()[ident]
    shown = set(place["fields"]["body.ar"]["text"].split())
    for variant in place["variants"]:
        shown |= set(variant["text"].split())
    assert written <= shown


@given(data=st.data())
@QUIET
def test_a_device_that_reads_changes_in_pieces_ends_where_one_that_reads_all_does(
    desk: Desk, data: st.DataObject
) -> None:
    start = desk.changes()["seq"]
    seen: dict[str, Any] = {}
    since = start
    idents = [new_id() for _ in range(3)]
    for number in range(data.draw(st.integers(3, 9))):
        ident = data.draw(st.sampled_from(idents))
        kind = data.draw(st.sampled_from(["create", "edit", "move", "withdraw"]))
        desk.act(kind, ident, fields={"body.ar": f"t{number}"} if kind in {"create", "edit"} else {}, after=None)
        if data.draw(st.booleans()):
            found = desk.changes(since)
            since = found["seq"]
            seen |= {row["id"]: row for row in found["recommendations"]}
    seen |= {row["id"]: row for row in desk.changes(since)["recommendations"]}
    assert seen == {row["id"]: row for row in desk.changes(start)["recommendations"]}
