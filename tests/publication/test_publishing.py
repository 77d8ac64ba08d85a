"""Publishing an edition: what it takes, what is frozen, what can be verified."""

from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785
from sqlalchemy import select, update

from app.jobs.worker import Worker
from app.kernel import journal
from app.kernel.clock import FixedClock
from app.kernel.database import db
from app.kernel.errors import Refusal
from app.kernel.transaction import LiqaaFlask
from app.meetings.models import Meeting
from app.publication import actions, queries
from app.publication.models import Edition, EditionFile, EditionText
from app.publication.states import DOCUMENTS
from app.publication.verification import verify
from app.recommendations.models import FieldText, Recommendation
from tests.publication.conftest import acting, publish
from tests.publication.decided import actor, conclude
from tests.world import World


def meeting_of(world: World) -> Meeting:
    meeting = db.session.get(Meeting, world.things["agadir"])
    assert meeting is not None
    return meeting


def first(world: World, number: int = 1) -> Recommendation:
    row = db.session.scalar(
        select(Recommendation).where(
            Recommendation.meeting_id == world.things["agadir"], Recommendation.number == number
        )
    )
    assert row is not None
    return row


def test_published_edition_holds_the_whole_meeting_and_its_hash(published: World) -> None:
    edition = queries.latest(meeting_of(published))
    assert edition is not None
    snapshot = edition.snapshot
    assert edition.sha256 == hashlib.sha256(rfc8785.dumps(snapshot)).hexdigest()
    assert [item["reference"] for item in snapshot["recommendations"]] == ["2022/1", "2022/2", "2022/3", ""]
    assert [one["kind"] for one in snapshot["documents"]] == [
        "recommendations", "strategic_plan", "programme", "telegram", "video"]  # fmt: skip
    assert snapshot["categories"][:3] == ["chair", "authority_regional", "governor_director"]
    assert snapshot["telegram"]["text"] == "نص البرقية"
    assert [one["url"] for one in snapshot["streams"]] == ["https://youtu.be/1", "https://youtu.be/2"]
    assert snapshot["edition"]["published_on"] == snapshot["meeting"]["published_on"] == "2022-04-01"
    assert "كاتب الجلسة" not in json.dumps(snapshot, ensure_ascii=False)


def test_publishing_takes_the_meeting_to_published_and_marks_the_decided_texts(published: World) -> None:
    assert meeting_of(published).phase == "published"
    rows = db.session.scalars(select(Recommendation).where(Recommendation.meeting_id == published.things["agadir"]))
    assert all(row.published_at is not None for row in rows)
    kinds = [line.kind for line in journal.latest(meeting_of(published))]
    assert {"edition.published", "recommendation.published", "meeting.published"} <= set(kinds)
    assert [line.kind for line in journal.history("recommendation", first(published, 2).id)] == [
        "recommendation.published"]  # fmt: skip


def test_meeting_without_decided_recommendations_is_not_published_and_says_why(
    app: LiqaaFlask, world: World, clock: FixedClock
) -> None:
    with acting():
        conclude(world, decided=False)
    with pytest.raises(Refusal) as refused:
        publish(world, clock)
    assert refused.value.code == "not_ready"
    assert "توصيات اعتمدتها الجلسة العامة" in refused.value.params["missing"]


def test_running_meeting_is_not_published(app: LiqaaFlask, world: World, clock: FixedClock) -> None:
    with acting():
        conclude(world).phase = "running"
    with pytest.raises(Refusal, match="not_ready"):
        publish(world, clock)


def test_second_publication_is_refused_for_a_correction_is_the_way(published: World, clock: FixedClock) -> None:
    with pytest.raises(Refusal, match="published_already"):
        publish(published, clock)


def test_desk_agent_may_not_publish(concluded: World, clock: FixedClock) -> None:
    with pytest.raises(Refusal, match="not_allowed"), acting():
        actions.publish(meeting=meeting_of(concluded), actor=actor(concluded, "desk", "desk"), clock=clock)


def test_published_text_cannot_be_edited_by_any_room(published: World) -> None:
    with pytest.raises(Refusal, match="frozen"), acting():
        row = first(published)
        next(one for one in row.texts if one.field == "body.ar").text = "نص آخر"
        db.session.flush()
    with pytest.raises(Refusal, match="frozen"), acting():
        row = first(published)
        row.texts.append(FieldText(field="body.en", text="A new text", rev=1))
        db.session.flush()
    with pytest.raises(Refusal, match="frozen"), acting():
        row = first(published)
        row.state = "deferred"
        db.session.flush()
    assert first(published).text("body.ar").startswith("إحداث خلية")


def test_text_that_is_not_published_can_be_edited(concluded: World) -> None:
    with acting():
        next(one for one in first(concluded).texts if one.field == "body.ar").text = "نص آخر"
    assert first(concluded).text("body.ar") == "نص آخر"


def test_missing_translation_is_published_as_missing(published: World) -> None:
    snapshot = queries.latest_snapshot(meeting_of(published))
    assert snapshot is not None
    second = snapshot.numbered(2)
    assert second is not None
    assert set(second.data["texts"]) == {"ar"}
    assert second.shown("fr") == (second.bodies["ar"], "ar")
    one = snapshot.numbered(1)
    assert one is not None
    assert {lang: text["translation"] for lang, text in one.data["texts"].items()} == {
        "ar": "authentic", "fr": "reviewed"}  # fmt: skip


def prepare(world: World, clock: FixedClock, number: int = 1, **texts: str) -> Edition:
    with acting():
        return actions.prepare(
            meeting=meeting_of(world), recommendation=first(world, number), erratum="صُحح اسم المصلحة.",
            texts={f"body.{lang}": text for lang, text in texts.items()}, reason="خطأ في الطبع",
            actor=actor(world, "organiser"), clock=clock,
        )  # fmt: skip


def approve(world: World, clock: FixedClock, person: str = "secretary", role: str = "secretary") -> None:
    with acting():
        actions.approve(meeting=meeting_of(world), actor=actor(world, person, role), clock=clock)


def test_correction_by_the_one_who_prepared_it_is_refused(published: World, clock: FixedClock) -> None:
    prepare(published, clock, ar="نص مصحح.")
    with pytest.raises(Refusal, match="second_person"):
        approve(published, clock, "organiser", "organiser")


def test_prepared_correction_changes_nothing_public(published: World, clock: FixedClock) -> None:
    before = journal.heads(journal.stream_of(meeting_of(published)))
    prepare(published, clock, ar="نص مصحح.")
    after = journal.heads(journal.stream_of(meeting_of(published)))
    assert after[0] == before[0] + 1
    assert after[1] == before[1]
    assert [one.number for one in queries.editions(meeting_of(published))] == [1]


def test_approved_correction_is_a_new_edition_and_the_old_one_stays(published: World, clock: FixedClock) -> None:
    prepare(published, clock, ar="نص مصحح.")
    prepare(published, clock, 3, fr="Encourager la coopération entre communes.")
    approve(published, clock)
    new, old = queries.editions(meeting_of(published))
    assert (new.number, old.number) == (2, 1)
    assert new.snapshot["edition"]["previous_sha256"] == old.sha256
    assert new.erratum == "صُحح اسم المصلحة."
    assert first(published).text("body.ar") == "نص مصحح."
    texts = {item["number"]: item["texts"] for item in new.snapshot["recommendations"]}
    assert texts[1]["ar"]["body"] == "نص مصحح."
    assert texts[1]["fr"]["translation"] == "outdated"
    assert texts[3]["fr"]["body"] == "Encourager la coopération entre communes."
    assert old.snapshot["recommendations"][0]["texts"]["ar"]["body"].startswith("إحداث خلية")
    assert len(new.snapshot["edition"]["corrected"]) == 2
    assert queries.prepared(meeting_of(published)) is None
    assert verify()[1] == []


def test_correction_without_a_change_an_erratum_or_a_reason_is_refused(published: World, clock: FixedClock) -> None:
    with pytest.raises(Refusal, match="nothing_changed"):
        prepare(published, clock, ar=first(published).text("body.ar"))
    for missing in ("erratum", "reason"):
        words = {"erratum": "كلمة", "reason": "كلمة"} | {missing: " "}
        with pytest.raises(Refusal, match=f"{missing}_missing"), acting():
            actions.prepare(meeting=meeting_of(published), recommendation=first(published), texts={"body.ar": "آخر"},
                            actor=actor(published, "organiser"), clock=clock, **words)  # fmt: skip


def test_withdrawn_correction_leaves_its_number_free(published: World, clock: FixedClock) -> None:
    prepare(published, clock, ar="نص مصحح.")
    with acting():
        actions.withdraw(meeting=meeting_of(published), actor=actor(published, "organiser"), clock=clock)
    assert queries.prepared(meeting_of(published)) is None
    prepare(published, clock, ar="نص مصحح آخر.")
    approve(published, clock)
    assert [one.number for one in queries.editions(meeting_of(published))] == [2, 1]


def verify_command(app: LiqaaFlask) -> tuple[int, dict[str, object]]:
    done = app.test_cli_runner().invoke(args=["publication", "verify", "--json"])
    return done.exit_code, json.loads(done.stdout)


def test_verify_of_untouched_editions_finds_nothing(app: LiqaaFlask, published: World) -> None:
    code, told = verify_command(app)
    assert code == 0
    assert told["findings"] == []


def test_verify_names_an_altered_snapshot_a_text_and_a_text_in_place(app: LiqaaFlask, published: World) -> None:
    with acting():
        edition = queries.latest(meeting_of(published))
        assert edition is not None
        edition.snapshot = {**edition.snapshot, "categories": []}
        row = first(published)
        of = (EditionText.recommendation_id == row.id) & (EditionText.lang == "ar")
        db.session.execute(update(EditionText).where(of).values(text="آخر"))
        other = first(published, 2)
        place = (FieldText.recommendation_id == other.id) & (FieldText.field == "body.ar")
        db.session.execute(update(FieldText).where(place).values(text="آخر"))
    code, told = verify_command(app)
    assert code == 1
    assert [(one["edition"], one["what"]) for one in told["findings"]] == [  # type: ignore[attr-defined]
        (1, "snapshot"), (1, "text 2022/1 ar"), (1, "text 2022/2 ar")]  # fmt: skip


@pytest.mark.slow
def test_documents_are_made_once_by_the_job_and_kept(app: LiqaaFlask, published: World) -> None:
    assert Worker().drain() == 1
    files = {(row.kind, row.lang): row for row in db.session.scalars(select(EditionFile))}
    assert set(files) == set(DOCUMENTS)
    edition = queries.latest(meeting_of(published))
    assert edition is not None
    assert files["json", "mul"].sha256 == edition.sha256
    assert files["pdf", "ar"].content.startswith(b"%PDF-")
    assert all(row.size == len(row.content) for row in files.values())
    assert verify()[1] == []
